package io.creditledger.streams.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.creditledger.relay.Backoff;
import io.creditledger.relay.Database;
import io.creditledger.streams.webhook.AttemptResult.Answered;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant HELD = NOW.plusSeconds(45);
  private static final String BILLING = "billing";
  private static final DeliveryFilter ALL =
      new DeliveryFilter(Optional.empty(), Optional.empty(), Optional.empty());

  private final WebhookEndpoint billing = endpoint(BILLING, WebhookType.OF_ALERTS);
  private final WebhookEndpoint ops = endpoint("ops", List.of(WebhookType.BALANCE_DEPLETED));
  private Database database;
  private Outbox outbox;
  private OutboxDesk desk;

  @BeforeEach
  void open() {
    database = TestPostgres.outbox();
    outbox = new Outbox(database.jdbi());
    desk = new OutboxDesk(database.jdbi());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void
      an_alert_becomes_a_row_for_each_endpoint_that_wants_it_and_only_one_however_often_it_comes() {
    List<ConsumerRecord<byte[], byte[]>> alerts =
        List.of(AlertRecords.low("cus_1", 1), AlertRecords.depleted("cus_1", 2));

    arrive(alerts);
    arrive(alerts);

    assertThat(deliveries(ALL))
        .extracting(Delivery::endpoint, Delivery::alert)
        .containsExactlyInAnyOrder(
            tuple(BILLING, "cus_1:1:0"), tuple(BILLING, "cus_1:2:0"), tuple("ops", "cus_1:2:0"));
  }

  @Test
  void a_record_that_is_no_alert_is_kept_aside_and_holds_nothing_up() {
    arrive(
        List.of(
            AlertRecords.record("cus_1", "{\"v\":2}"),
            new ConsumerRecord<>(AlertRecords.TOPIC, 1, 7, null, null),
            AlertRecords.low("cus_1", 1)));

    assertThat(deliveries(ALL)).hasSize(1);
    List<String> reasons =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .select("select why from webhook_unreadable order by partition")
                        .mapTo(String.class)
                        .list());
    assertThat(reasons).hasSize(2).first().asString().contains("not an alert");
  }

  @Test
  void only_the_oldest_of_each_customer_is_claimed_and_by_one_sender() {
    arrive(AlertRecords.lows(3, "cus_1", "cus_2"));

    List<Claim> claims = claim(10);

    assertThat(claims)
        .extracting(claim -> claim.message().alert())
        .containsExactlyInAnyOrder("cus_1:1:0", "cus_2:1:0");
    assertThat(claim(10)).isEmpty();
  }

  @Test
  void the_next_one_goes_when_the_one_before_was_delivered() {
    arrive(AlertRecords.lows(2, "cus_1"));

    deliver(claim(10).getFirst());
    Claim second = claim(10).getFirst();
    deliver(second);

    assertThat(second.message().alert()).isEqualTo("cus_1:2:0");
    assertThat(claim(10)).isEmpty();
    arrive(List.of(AlertRecords.low("cus_1", 3)));
    assertThat(claim(10)).hasSize(1);
  }

  @Test
  void what_failed_waits_for_its_time_and_everything_of_its_customer_behind_it() {
    arrive(AlertRecords.lows(2, "cus_1"));
    Claim claim = claim(10).getFirst();

    outbox.record(claim, answered(500), new Verdict.Retry(NOW.plusSeconds(5)), NOW);

    assertThat(claim(10)).isEmpty();
    Claim again = outbox.claim(BILLING, 10, NOW.plusSeconds(5), HELD).getFirst();
    assertThat(again.delivery()).isEqualTo(claim.delivery());
    assertThat(again.failures()).isEqualTo(1);
    assertThat(again.message()).isEqualTo(claim.message());
  }

  @Test
  void what_is_dead_makes_room_for_the_next_which_begins_anew() {
    arrive(AlertRecords.lows(2, "cus_1"));
    Claim first = claim(10).getFirst();
    outbox.record(first, answered(500), new Verdict.Retry(NOW), NOW);

    outbox.record(claim(10).getFirst(), answered(410), new Verdict.Dead(), NOW);

    Claim next = claim(10).getFirst();
    assertThat(next.message().alert()).isEqualTo("cus_1:2:0");
    assertThat(next.failures()).isZero();
    Delivery dead = deliveries(in(DeliveryState.DEAD)).getFirst();
    assertThat(dead.attempts()).isEqualTo(2);
    assertThat(dead.status()).hasValue(410);
    assertThat(dead.endedAt()).contains(NOW);
  }

  @Test
  void a_sender_that_lost_its_claim_changes_nothing() {
    arrive(AlertRecords.lows(1, "cus_1"));
    Claim lost = claim(10).getFirst();
    Claim taken = outbox.claim(BILLING, 10, HELD, HELD.plusSeconds(45)).getFirst();

    boolean recorded = outbox.record(lost, answered(500), new Verdict.Dead(), HELD.plusSeconds(1));

    assertThat(recorded).isFalse();
    assertThat(deliveries(in(DeliveryState.PENDING))).hasSize(1);
    assertThat(outbox.record(taken, answered(200), new Verdict.Delivered(), HELD)).isTrue();
    assertThat(deliveries(in(DeliveryState.DELIVERED))).hasSize(1);
  }

  @Test
  void what_was_given_up_is_sent_again_before_what_is_pending() {
    arrive(AlertRecords.lows(2, "cus_1"));
    outbox.record(claim(10).getFirst(), answered(410), new Verdict.Dead(), NOW);
    long dead = deliveries(in(DeliveryState.DEAD)).getFirst().id();

    Redelivery redelivery = desk.redeliver(dead, name -> true, NOW);

    assertThat(redelivery).isInstanceOf(Redelivery.Queued.class);
    Claim claim = claim(10).getFirst();
    assertThat(claim.message().alert()).isEqualTo("cus_1:1:0");
    assertThat(claim.dueFirst()).isEqualTo(NOW);
  }

  @Test
  void what_is_pending_need_not_wait_for_its_time() {
    arrive(AlertRecords.lows(1, "cus_1"));
    Claim claim = claim(10).getFirst();

    // while somebody sends it
    desk.redeliver(claim.delivery(), name -> true, NOW);
    assertThat(claim(10)).isEmpty();

    // and after that failed
    outbox.record(claim, answered(500), new Verdict.Retry(NOW.plusSeconds(3600)), NOW);
    desk.redeliver(claim.delivery(), name -> true, NOW);
    assertThat(claim(10)).hasSize(1);
  }

  @Test
  void all_that_was_given_up_for_an_endpoint_is_sent_again_and_nothing_else() {
    arrive(AlertRecords.lows(2, "cus_1", "cus_2"));
    for (int i = 0; i < 2; i++) {
      claim(10).forEach(one -> outbox.record(one, answered(410), new Verdict.Dead(), NOW));
    }
    assertThat(deliveries(in(DeliveryState.DEAD))).hasSize(4);

    assertThat(desk.redeliverDead("ops", NOW)).isZero();
    assertThat(desk.redeliverDead(BILLING, NOW)).isEqualTo(4);

    assertThat(claim(10)).hasSize(2);
    assertThat(deliveries(in(DeliveryState.PENDING))).hasSize(4);
  }

  @Test
  void nothing_is_sent_again_that_is_unknown_or_that_nobody_would_send() {
    arrive(AlertRecords.lows(1, "cus_1"));
    long id = deliveries(ALL).getFirst().id();

    assertThat(desk.redeliver(id + 1, name -> true, NOW))
        .isEqualTo(new Redelivery.UnknownDelivery());
    assertThat(desk.redeliver(id, name -> false, NOW))
        .isEqualTo(new Redelivery.UnknownEndpoint(BILLING));
  }

  @Test
  void what_was_delivered_long_ago_is_forgotten_and_what_is_open_never() {
    arrive(AlertRecords.lows(1, "cus_1", "cus_2", "cus_3"));
    deliver(claim(1).getFirst());
    outbox.record(claim(1).getFirst(), answered(410), new Verdict.Dead(), NOW);

    assertThat(desk.prune(NOW)).isZero();
    assertThat(desk.prune(NOW.plusMillis(1))).isEqualTo(1);

    assertThat(deliveries(ALL))
        .extracting(Delivery::state)
        .containsExactlyInAnyOrder(DeliveryState.DEAD, DeliveryState.PENDING);
  }

  @Test
  void the_endpoints_are_told_with_what_is_open_also_one_that_is_no_longer_set_up() {
    arrive(List.of(AlertRecords.low("cus_1", 1), AlertRecords.depleted("cus_1", 2)));
    deliver(claim(10).getFirst());

    List<EndpointStatus> statuses =
        EndpointStatuses.of(List.of(billing), desk.open(), desk.delivered());

    assertThat(statuses).extracting(EndpointStatus::name).containsExactly(BILLING, "ops");
    EndpointStatus first = statuses.getFirst();
    assertThat(first.pending()).isEqualTo(1);
    assertThat(first.delivered()).isEqualTo(1);
    assertThat(first.dead()).isZero();
    assertThat(first.oldestPending()).contains(NOW);
    assertThat(statuses.getLast().settings()).isEmpty();
  }

  private void arrive(List<ConsumerRecord<byte[], byte[]>> records) {
    OutboxSink sink = new OutboxSink(List.of(billing, ops), Clock.fixed(NOW, ZoneOffset.UTC));
    database.jdbi().useTransaction(transaction -> sink.write(transaction, records));
  }

  private List<Claim> claim(int limit) {
    return outbox.claim(BILLING, limit, NOW, HELD);
  }

  private void deliver(Claim claim) {
    assertThat(outbox.record(claim, answered(200), new Verdict.Delivered(), NOW)).isTrue();
  }

  private List<Delivery> deliveries(DeliveryFilter filter) {
    return desk.deliveries(filter, OptionalLong.empty(), 100);
  }

  private static DeliveryFilter in(DeliveryState state) {
    return new DeliveryFilter(Optional.of(BILLING), Optional.of(state), Optional.empty());
  }

  private static AttemptResult answered(int status) {
    return new Answered(status, Optional.empty());
  }

  private static WebhookEndpoint endpoint(String name, List<WebhookType> types) {
    return new WebhookEndpoint(
        name,
        new WebhookUrl(URI.create("http://127.0.0.1:1/")),
        SigningSecret.parse(Receiver.SECRET),
        Set.copyOf(types),
        Duration.ofSeconds(15),
        8,
        new RetryPlan(new Backoff(Duration.ofSeconds(5), Duration.ofHours(1)), Duration.ofDays(3)));
  }
}
