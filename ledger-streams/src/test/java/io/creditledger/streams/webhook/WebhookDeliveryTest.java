package io.creditledger.streams.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditledger.relay.Database;
import io.creditledger.streams.webhook.Receiver.Answer;
import io.creditledger.streams.webhook.Receiver.Call;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Senders, a real database and a receiver with a mind of its own. */
class WebhookDeliveryTest {

  private static final DeliveryFilter ALL =
      new DeliveryFilter(Optional.empty(), Optional.empty(), Optional.empty());

  private static final String ATTEMPTS = "ledger.webhooks.attempts";

  private final Clock clock = Clock.systemUTC();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Poster poster = new Poster(clock);
  private final List<EndpointSender> senders = new ArrayList<>();
  private Database database;
  private OutboxDesk desk;

  @BeforeEach
  void openOutbox() {
    database = TestPostgres.outbox();
    desk = new OutboxDesk(database.jdbi());
  }

  @AfterEach
  void stop() {
    senders.forEach(EndpointSender::close);
    poster.close();
    database.close();
  }

  @Test
  void a_receiver_that_fails_five_times_gets_each_alert_verified_and_in_order_per_customer() {
    // given
    try (Receiver receiver = Receiver.stopped(call -> fifthTimeLucky(call.attempt()))) {
      WebhookEndpoint endpoint =
          TestEndpoints.at(receiver.uri(), Duration.ofMillis(500), TestEndpoints.LONG);
      String[] customers = {"cus_1", "cus_2", "cus_3", "Käse & Söhne. 日本"};
      AlertRecords.arrive(database, endpoint, AlertRecords.lows(3, customers));

      // when
      start(endpoint);
      await().until(() -> detail().contains("cannot connect"));
      receiver.start();
      await().until(() -> all(DeliveryState.DELIVERED, 12));

      // then
      for (String customer : customers) {
        List<Call> calls = receiver.calls(customer);
        assertThat(calls).extracting(Call::sequence).isSorted();
        for (long sequence = 1; sequence <= 3; sequence++) {
          long one = sequence;
          List<Call> attempts = calls.stream().filter(call -> call.sequence() == one).toList();
          assertThat(attempts).hasSizeGreaterThanOrEqualTo(6);
          assertThat(attempts.stream().map(Call::id).distinct()).hasSize(1);
        }
      }
      assertThat(receiver.calls()).allMatch(Call::verified);
      assertThat(receiver.calls())
          .extracting(call -> call.headers().get("Content-type"))
          .containsOnly(List.of("application/json"));
    }
  }

  private static Answer fifthTimeLucky(int attempt) {
    return switch (attempt) {
      case 1 -> new Answer.Status(500, 0);
      case 2 -> new Answer.Silence();
      case 3 -> new Answer.Break();
      case 4 -> new Answer.Status(429, 1);
      case 5 -> new Answer.Status(302, 0);
      default -> Receiver.OK;
    };
  }

  @Test
  void who_stays_away_too_long_gets_the_rest_when_it_is_sent_again() {
    // given
    AtomicBoolean well = new AtomicBoolean();
    try (Receiver receiver =
        Receiver.started(call -> well.get() ? Receiver.OK : new Answer.Status(503, 0))) {
      WebhookEndpoint endpoint =
          TestEndpoints.at(receiver.uri(), TestEndpoints.PATIENT, Duration.ofMillis(200));
      AlertRecords.arrive(database, endpoint, AlertRecords.lows(3, "cus_1"));
      start(endpoint);
      await().until(() -> all(DeliveryState.DEAD, 3));
      List<String> given = receiver.calls().stream().map(Call::id).distinct().toList();
      assertThat(given).hasSize(3);

      // when
      well.set(true);
      int before = receiver.calls().size();
      assertThat(desk.redeliverDead("billing", clock.instant())).isEqualTo(3);

      // then
      await().until(() -> all(DeliveryState.DELIVERED, 3));
      List<Call> again = receiver.calls().subList(before, receiver.calls().size());
      assertThat(again).extracting(Call::sequence).containsExactly(1L, 2L, 3L);
      assertThat(again).extracting(Call::id).containsExactlyElementsOf(given);
      assertThat(again).allMatch(Call::verified);
    }
  }

  @Test
  void what_is_answered_with_410_is_not_tried_again() {
    try (Receiver receiver = Receiver.started(call -> new Answer.Status(410, 0))) {
      WebhookEndpoint endpoint = TestEndpoints.at(receiver.uri());
      AlertRecords.arrive(database, endpoint, AlertRecords.lows(2, "cus_1"));

      start(endpoint);
      await().until(() -> all(DeliveryState.DEAD, 2));

      assertThat(receiver.calls()).extracting(Call::sequence).containsExactly(1L, 2L);
    }
  }

  @Test
  void a_customer_whose_alert_is_refused_holds_up_nobody_else() {
    try (Receiver receiver =
        Receiver.started(
            call -> call.customer().equals("cus_1") ? new Answer.Status(500, 0) : Receiver.OK)) {
      WebhookEndpoint endpoint = TestEndpoints.at(receiver.uri());
      AlertRecords.arrive(database, endpoint, AlertRecords.lows(3, "cus_1", "cus_2"));

      start(endpoint);

      await().until(() -> receiver.calls("cus_2").size() == 3);
      await().until(() -> receiver.calls("cus_1").size() >= 3);
      assertThat(receiver.calls("cus_1")).extracting(Call::sequence).containsOnly(1L);
    }
  }

  @Test
  void a_sender_that_dies_between_sending_and_writing_it_down_leads_to_the_same_webhook_again()
      throws InterruptedException {
    // given
    try (Receiver receiver = Receiver.started(call -> Receiver.OK)) {
      WebhookEndpoint endpoint = TestEndpoints.at(receiver.uri());
      AlertRecords.arrive(database, endpoint, AlertRecords.lows(2, "cus_1"));
      Instant now = clock.instant();
      Claim claim =
          new Outbox(database.jdbi()).claim("billing", 1, now, now.plusMillis(300)).getFirst();
      assertThat(poster.post(endpoint, claim.message()).taken()).isTrue();

      // when
      start(endpoint);
      await().until(() -> all(DeliveryState.DELIVERED, 2));

      // then
      List<Call> calls = receiver.calls();
      assertThat(calls).extracting(Call::sequence).containsExactly(1L, 1L, 2L);
      assertThat(calls.get(1).id()).isEqualTo(calls.get(0).id());
      assertThat(calls.get(1).body()).isEqualTo(calls.get(0).body());
      assertThat(calls).allMatch(Call::verified);
    }
  }

  @Test
  void two_instances_share_the_work_and_send_nothing_twice() {
    try (Receiver receiver = Receiver.started(call -> Receiver.OK)) {
      WebhookEndpoint endpoint = TestEndpoints.at(receiver.uri());
      String[] customers = IntStream.range(0, 20).mapToObj(i -> "cus_" + i).toArray(String[]::new);

      start(endpoint);
      start(endpoint);
      AlertRecords.arrive(database, endpoint, AlertRecords.lows(10, customers));
      await().until(() -> all(DeliveryState.DELIVERED, 200));

      assertThat(receiver.calls()).hasSize(200);
      for (String customer : customers) {
        assertThat(receiver.calls(customer))
            .extracting(Call::sequence)
            .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
      }
      assertThat(registry.counter(ATTEMPTS, "endpoint", "billing", "outcome", "delivered").count())
          .isEqualTo(200);
    }
  }

  @Test
  void the_token_in_an_address_reaches_the_receiver_and_is_not_shown() {
    try (Receiver receiver = Receiver.started(call -> Receiver.OK)) {
      assertThat(TestEndpoints.at(receiver.uri()).toString())
          .contains("127.0.0.1")
          .doesNotContain("hush");
    }
  }

  private void start(WebhookEndpoint endpoint) {
    EndpointSender sender =
        new EndpointSender(
            endpoint,
            new Outbox(database.jdbi()),
            poster,
            new WebhookMetrics(registry, clock, List.of(endpoint)),
            clock);
    senders.add(sender);
    sender.start();
  }

  private boolean all(DeliveryState state, int number) {
    List<Delivery> all = deliveries();
    return all.size() == number && all.stream().allMatch(one -> one.state() == state);
  }

  private List<Delivery> deliveries() {
    return desk.deliveries(ALL, OptionalLong.empty(), 1000);
  }

  private String detail() {
    return deliveries().toString();
  }
}
