package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.proof.JournalProof;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks that start at the same moment and cannot all be paid: as many get credits as there are
 * credits for, and no credit is promised twice.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class ReservationRaceIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int ROUNDS = 5;

  private DevStack stack;
  private Rest rest;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    stack = DevStack.start(StackSettings.trial(directory));
    stack.awaitReady(LIMIT);
    rest = new Rest(stack.address());
  }

  /** The journal must prove what the answers said, of all tests together. */
  @AfterAll
  void prove() {
    rest.close();
    try (DevStack closing = stack) {
      JournalProof proof =
          JournalProof.read(
              Map.of("bootstrap.servers", closing.bootstrapServers()), Topics.prefixed(""));
      assertThat(proof.violations()).isEmpty();
    }
  }

  @RepeatedTest(ROUNDS)
  void of_twenty_that_each_want_75_of_500_six_get_them(RepetitionInfo round) throws Exception {
    // given
    String customer = "cus_twenty_" + round.getCurrentRepetition();
    grant(customer, 500);

    // when
    List<Rest.Answer> answers = atOnce(20, i -> reservation(customer, "r" + i, 75));

    // then
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(6);
    List<Rest.Answer> refused = answers.stream().filter(answer -> answer.status() != 201).toList();
    assertThat(refused).hasSize(14).allSatisfy(answer -> assertRefused(answer, "75", "50"));
    assertBalance(customer, 450, 50);
  }

  @RepeatedTest(ROUNDS)
  void of_two_that_each_want_400_of_500_one_gets_them(RepetitionInfo round) throws Exception {
    // given
    String customer = "cus_two_" + round.getCurrentRepetition();
    grant(customer, 500);

    // when
    List<Rest.Answer> answers = atOnce(2, i -> reservation(customer, "r" + i, 400));

    // then
    assertThat(answers).extracting(Rest.Answer::status).containsExactlyInAnyOrder(201, 402);
    answers.stream()
        .filter(answer -> answer.status() == 402)
        .forEach(answer -> assertRefused(answer, "400", "100"));
    assertBalance(customer, 400, 100);
  }

  @Test
  void the_same_reservation_sent_ten_times_at_once_holds_once() throws Exception {
    // given
    grant("cus_same", 500);

    // when
    List<Rest.Answer> answers = atOnce(10, i -> reservation("cus_same", "r", 75));

    // then
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(9);
    assertThat(answers).allSatisfy(answer -> assertHeld(answer, "75"));
    assertBalance("cus_same", 75, 425);
  }

  private void grant(String customer, int credits) throws Exception {
    Rest.Answer answer =
        rest.postAndWait(
            "/v1/grants",
            bytes(
                """
                {"id":"g","customer":"%s","amount":"%d"}"""
                    .formatted(customer, credits)));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
  }

  private static String reservation(String customer, String id, int credits) {
    return """
        {"id":"%s","customer":"%s","credits":"%d"}"""
        .formatted(id, customer, credits);
  }

  /** Sends so many reservations, none before all are ready to be sent. */
  private List<Rest.Answer> atOnce(int count, IntFunction<String> body) throws Exception {
    CountDownLatch ready = new CountDownLatch(count);
    List<Future<Rest.Answer>> sent = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        byte[] bytes = bytes(body.apply(i));
        sent.add(
            clients.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return rest.post("/v1/reservations", bytes);
                }));
      }
    }
    List<Rest.Answer> answers = new ArrayList<>();
    for (Future<Rest.Answer> one : sent) {
      answers.add(one.get());
    }
    return answers;
  }

  private static void assertRefused(Rest.Answer answer, String asked, String available) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(402);
    assertThat(answer.json().path("code").asText()).isEqualTo("INSUFFICIENT_CREDITS");
    assertThat(answer.json().path("asked").asText()).isEqualTo(asked);
    assertThat(answer.json().path("available").asText()).isEqualTo(available);
  }

  private static void assertHeld(Rest.Answer answer, String credits) {
    JsonNode allocation = answer.json().path("allocations").path(0);
    assertThat(allocation.path("grant").asText()).as(answer.toString()).isEqualTo("g");
    assertThat(allocation.path("amount").asText()).as(answer.toString()).isEqualTo(credits);
    assertThat(answer.json().path("sequence").asLong()).as(answer.toString()).isEqualTo(2);
  }

  private void assertBalance(String customer, int held, int available) throws Exception {
    JsonNode unit =
        rest.get("/v1/customers/" + customer + "/balance?consistency=committed")
            .json()
            .path("units")
            .path(0);
    assertThat(unit.path("settled").asInt()).as(unit.toString()).isEqualTo(500);
    assertThat(unit.path("held").asInt()).as(unit.toString()).isEqualTo(held);
    assertThat(unit.path("available").asInt()).as(unit.toString()).isEqualTo(available);
    assertThat(unit.path("overage").asText()).as(unit.toString()).isEqualTo("0");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
