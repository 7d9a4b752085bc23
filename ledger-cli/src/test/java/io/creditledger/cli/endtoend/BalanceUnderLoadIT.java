package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A customer with three grants is read while usage flows. One producer fixes the order, so for each
 * sequence number there is one right balance, which is computed here beforehand; every answer must
 * be the one of the sequence number that it states.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class BalanceUnderLoadIT {

  /** So many that they are decided in more than a handful of commits. */
  private static final int USAGES = 32_000;

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> GRANTS = List.of("monthly", "add-on", "gift");
  private static final String ENTRIES = Topics.prefixed("").name(Topics.ENTRIES);

  private DevStack stack;
  private Rest rest;

  /** A balance, in millionths, as it must be after some entry. */
  private record Expected(List<Long> left, long overage) {
    long settled() {
      return left.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** What the reader has seen last, and how many balances that differ. */
  private static final class Seen {
    private final Map<String, Credits> left = new HashMap<>();
    private long sequence;
    private int balances;
  }

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    stack = DevStack.start(StackSettings.trial(directory));
    stack.awaitReady(LIMIT);
    rest = new Rest(stack.address());
  }

  @AfterAll
  void stop() {
    rest.close();
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({"bill,latest", "bill,committed", "reject,latest", "reject,committed"})
  void a_balance_is_right_whenever_it_is_read(String policy, String consistency) throws Exception {
    String customer = "cus_" + policy + "_" + consistency;
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        Publisher publisher = new Publisher(stack.bootstrapServers());
        CommittedReader journal = new CommittedReader(stack.bootstrapServers(), ENTRIES)) {
      // given
      put(policy);
      write(grant(customer, "monthly", 400, 10));
      write(grant(customer, "add-on", 200, 20));
      write(grant(customer, "gift", 100, 30));
      List<Sent> usages = usages(customer);
      List<Expected> expected = expected(usages, policy.equals("reject"));

      // when
      Future<?> publishing = thread.submit(() -> publish(publisher, usages));
      Seen seen = new Seen();
      AtomicLong journalled = new AtomicLong();
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (seen.sequence < expected.size() || !publishing.isDone()) {
        assertThat(System.nanoTime()).as("still below " + expected.size()).isLessThan(deadline);
        JsonNode balance =
            rest.get("/v1/customers/" + customer + "/balance?consistency=" + consistency).json();
        check(seen, expected, balance);
        if (consistency.equals("committed")) {
          // Kafka has decided the commit by then; its readers are told a moment later.
          journal.readUntil(
              () -> journalled.get() >= seen.sequence,
              LIMIT,
              record -> {
                if (Arrays.equals(record.key(), customer.getBytes(StandardCharsets.UTF_8))) {
                  journalled.set(EntryJson.sequenceOf(record.value()));
                }
              });
        }
      }

      // then
      publishing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(seen.balances).as("different balances seen on the way").isGreaterThan(5);
      assertThat(seen.left.get("monthly")).isEqualTo(Credits.ZERO);
    }
  }

  private static void check(Seen seen, List<Expected> expected, JsonNode balance) {
    long sequence = balance.path("sequence").asLong();
    assertThat(sequence).as(balance.toString()).isGreaterThanOrEqualTo(seen.sequence);
    assertThat(sequence).isLessThanOrEqualTo(expected.size());
    JsonNode unit = balance.path("units").path(0);
    Credits settled = Credits.parse(unit.path("settled").asText());
    Credits available = Credits.parse(unit.path("available").asText());
    Credits held = Credits.parse(unit.path("held").asText());
    assertThat(available.isNegative()).as(balance.toString()).isFalse();
    assertThat(available).isEqualTo(settled.minus(held));
    Credits sum = Credits.ZERO;
    Map<String, Credits> left = new HashMap<>();
    for (JsonNode grant : unit.path("grants")) {
      Credits remaining = Credits.parse(grant.path("remaining").asText());
      left.put(grant.path("id").asText(), remaining);
      sum = sum.plus(remaining);
    }
    assertThat(sum).as(balance.toString()).isEqualTo(settled);
    Expected right = expected.get(Math.toIntExact(sequence) - 1);
    for (int i = 0; i < GRANTS.size(); i++) {
      String grant = GRANTS.get(i);
      Credits remaining = left.getOrDefault(grant, Credits.ZERO);
      Credits before = seen.left.put(grant, remaining);
      assertThat(before == null || remaining.compareTo(before) <= 0)
          .as(grant + " grew from " + before + " to " + remaining)
          .isTrue();
      assertThat(remaining.micros()).as(grant + " of " + balance).isEqualTo(right.left().get(i));
    }
    assertThat(settled.micros()).isEqualTo(right.settled());
    assertThat(Credits.parse(unit.path("overage").asText()).micros()).isEqualTo(right.overage());
    if (sequence != seen.sequence) {
      seen.balances++;
    }
    seen.sequence = sequence;
  }

  private static String grant(String customer, String id, int amount, int priority) {
    return """
        {"id":"%s","customer":"%s","amount":"%d","priority":%d,
         "expires_at":"2999-01-01T00:00:00Z"}"""
        .formatted(id, customer, amount, priority);
  }

  private void write(String grant) throws Exception {
    Rest.Answer answer = rest.postAndWait("/v1/grants", grant.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
  }

  private void put(String policy) throws Exception {
    String catalog =
        """
        default_unit: credits
        units:
          credits: {name: Credits}
        overdraft: {policy: %s}
        """
            .formatted(policy);
    Rest.Answer answer =
        rest.put("/v1/catalog", "application/yaml", catalog.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  private static List<Sent> usages(String customer) {
    List<Sent> usages = new ArrayList<>(USAGES);
    for (int i = 0; i < USAGES; i++) {
      usages.add(Sent.rated(customer, "u" + i, 1 + i * 7_919L % 50_021));
    }
    return usages;
  }

  /** The right balance after each entry: three grants, then every usage that is accepted. */
  private static List<Expected> expected(List<Sent> usages, boolean reject) {
    long million = 1_000_000;
    List<Expected> expected = new ArrayList<>();
    expected.add(new Expected(List.of(400 * million, 0L, 0L), 0));
    expected.add(new Expected(List.of(400 * million, 200 * million, 0L), 0));
    expected.add(new Expected(List.of(400 * million, 200 * million, 100 * million), 0));
    for (Sent usage : usages) {
      Expected last = expected.get(expected.size() - 1);
      if (!reject || usage.micros() <= last.settled()) {
        expected.add(after(last, usage.micros()));
      }
    }
    return expected;
  }

  private static Expected after(Expected last, long micros) {
    List<Long> left = new ArrayList<>();
    long toPay = micros;
    for (long pot : last.left()) {
      long paid = Math.min(pot, toPay);
      left.add(pot - paid);
      toPay -= paid;
    }
    return new Expected(left, last.overage() + toPay);
  }

  /** In pieces, each held back until the last is acknowledged, so that usage flows a while. */
  private static void publish(Publisher publisher, List<Sent> usages) {
    for (int i = 0; i < usages.size(); i++) {
      publisher.send(usages.get(i));
      if (i % 100 == 99) {
        publisher.flush();
      }
    }
    publisher.flush();
  }
}
