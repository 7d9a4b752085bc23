package io.creditledger.stripe.reconcile;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.stripe.exception.StripeException;
import com.stripe.param.billing.MeterEventAdjustmentCreateParams;
import com.stripe.param.billing.MeterEventAdjustmentCreateParams.Cancel;
import com.stripe.param.billing.MeterEventCreateParams;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.reconcile.Reconciliation.Mode;
import io.creditledger.stripe.usage.UsageBench;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReconciliationTest {

  private static final String RULES =
      "{meters: {tokens: {send: all, in: quantity}}, reconcile: {counting: PT10M}}";

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  private UsageBench bench;

  @BeforeEach
  void aMeterAndACustomer() throws StripeException {
    bench = new UsageBench(sync, RULES);
    bench.meter("tokens");
    bench.customer("ann");
  }

  private Report reconcile(Mode mode) throws InterruptedException {
    Instant now = sync.clock().instant();
    return new Reconciliation(
            bench.services,
            () -> Catalog.EMPTY,
            (fence, reader) -> reader.accept(bench.journal.entries()))
        .run(now.minus(Duration.ofDays(3)), now, mode);
  }

  private List<String> lines(Mode mode) throws InterruptedException {
    return reconcile(mode).differences().stream()
        .map(
            one ->
                "%s %s %s: journal %s, outbox %s, stripe %s, difference %s, %s"
                    .formatted(
                        one.customer(),
                        one.meter(),
                        one.window(),
                        one.journal(),
                        one.outbox(),
                        one.stripe(),
                        one.difference(),
                        one.cause()))
        .toList();
  }

  private void everythingIsCountedByNow() {
    sync.clock().advance(Duration.ofMinutes(20));
  }

  private void stripeGets(String identifier, String value, Instant at) throws StripeException {
    sync.client()
        .v1()
        .billing()
        .meterEvents()
        .create(
            MeterEventCreateParams.builder()
                .setEventName("tokens")
                .setIdentifier(identifier)
                .setTimestamp(at.getEpochSecond())
                .putPayload("stripe_customer_id", bench.stripeCustomer("ann"))
                .putPayload("value", value)
                .build());
  }

  private void stripeLoses(Instant windowStart) throws StripeException {
    String identifier =
        sync.database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select identifier from meter_event where window_start = :start")
                        .bind("start", windowStart)
                        .mapTo(String.class)
                        .one());
    sync.client()
        .v1()
        .billing()
        .meterEventAdjustments()
        .create(
            MeterEventAdjustmentCreateParams.builder()
                .setEventName("tokens")
                .setType(MeterEventAdjustmentCreateParams.Type.CANCEL)
                .setCancel(Cancel.builder().setIdentifier(identifier).build())
                .build());
  }

  @Test
  void books_that_agree_have_no_differences() throws Exception {
    // given
    bench.journal.use("ann", "tokens", "3", START);
    bench.journal.use("ann", "tokens", "0.000000000001", START.plusSeconds(61));
    String undone = bench.journal.use("ann", "tokens", "4", START.plusSeconds(62));
    bench.journal.reverse("ann", undone, START.plusSeconds(63));
    bench.settle();

    // when
    Report report = reconcile(Mode.COMPARE);

    // then
    assertThat(report.differences()).isEmpty();
    assertThat(report.windows()).isEqualTo(2);
    assertThat(report.totals())
        .singleElement()
        .satisfies(
            sums -> {
              assertThat(sums.journal()).isEqualByComparingTo("3.000000000001");
              assertThat(sums.outbox()).isEqualByComparingTo("3.000000000001");
              assertThat(sums.stripe()).isEqualByComparingTo("3.000000000001");
            });
  }

  @Test
  void usage_that_only_stripe_has_is_unexplained_and_told_to_the_minute() throws Exception {
    // given
    bench.journal.use("ann", "tokens", "3", START);
    bench.settle();
    stripeGets("stray", "5", START.plusSeconds(60));
    everythingIsCountedByNow();

    // when
    List<String> lines = lines(Mode.REPAIR);

    // then
    assertThat(lines)
        .containsExactly(
            "ann tokens 2026-11-01T00:01:00Z/2026-11-01T00:02:00Z:"
                + " journal 0, outbox 0, stripe 5, difference 5, UNEXPLAINED");
    assertThat(bench.count("meter_event")).isEqualTo(1);
  }

  @Test
  void what_stripe_lost_is_sent_once_more_and_once_only() throws Exception {
    // given
    bench.journal.use("ann", "tokens", "3", START);
    bench.journal.use("ann", "tokens", "4", START.plusSeconds(300));
    bench.settle();
    stripeLoses(START.plusSeconds(300));
    everythingIsCountedByNow();

    // when
    List<String> told = lines(Mode.COMPARE);
    Report repaired = reconcile(Mode.REPAIR);
    List<String> underWay = lines(Mode.REPAIR);
    bench.settle();
    everythingIsCountedByNow();

    // then
    assertThat(told)
        .containsExactly(
            "ann tokens 2026-11-01T00:05:00Z/2026-11-01T00:06:00Z:"
                + " journal 4, outbox 4, stripe 0, difference -4, UNEXPLAINED");
    assertThat(repaired.repairs()).hasSize(1);
    assertThat(underWay)
        .containsExactly(
            "ann tokens 2026-11-01T00:00:00Z/2026-11-01T01:00:00Z:"
                + " journal 7, outbox 7, stripe 3, difference -4, WAITING");
    assertThat(lines(Mode.REPAIR)).isEmpty();
    assertThat(bench.count("meter_event")).isEqualTo(3);
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("7");
  }

  @Test
  void what_was_delivered_just_now_may_not_be_counted_yet() throws Exception {
    // given
    bench.journal.use("ann", "tokens", "3", START);
    bench.settle();
    stripeLoses(START);

    // when
    List<String> atOnce = lines(Mode.REPAIR);
    everythingIsCountedByNow();
    List<String> later = lines(Mode.COMPARE);

    // then
    assertThat(atOnce).singleElement().asString().endsWith("difference -3, NOT_COUNTED_YET");
    assertThat(later).singleElement().asString().endsWith("difference -3, UNEXPLAINED");
    assertThat(bench.count("meter_event")).isEqualTo(1);
  }

  @Test
  void what_waits_and_what_comes_late_is_explained() throws Exception {
    // given
    bench.journal.use("ann", "tokens", "3", START);
    bench.settle();
    bench.journal.use("ann", "tokens", "2", START);
    bench.journal.use("ann", "tokens", "1", START.plusSeconds(120));
    bench.relay();

    // when
    Report report = reconcile(Mode.REPAIR);

    // then
    assertThat(report.differences())
        .extracting(Difference::difference, Difference::cause)
        .containsExactly(tuple("-2", Cause.LATE), tuple("-1", Cause.WAITING));
    assertThat(report.unexplained()).isZero();
    assertThat(report.repairs()).isEmpty();
  }

  @Test
  void what_stripe_refused_is_told_with_its_reason() throws Exception {
    // given
    bench.journal.use("ann", "tokens", "3", START);
    bench.relay();
    sync.clock().advance(Duration.ofDays(36));
    bench.settle();

    // when
    Instant now = sync.clock().instant();
    Report report =
        new Reconciliation(
                bench.services,
                () -> Catalog.EMPTY,
                (fence, reader) -> reader.accept(bench.journal.entries()))
            .run(START, now, Mode.REPAIR);

    // then
    assertThat(report.differences())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.cause()).isEqualTo(Cause.PARKED);
              assertThat(one.difference()).isEqualTo("-3");
              assertThat(one.detail()).startsWith("timestamp_too_far_in_past");
              assertThat(one.age()).isLessThan(Duration.ofHours(1));
            });
    assertThat(report.repairs()).isEmpty();
  }

  @Test
  void usage_of_a_customer_whom_stripe_does_not_know_waits_for_him() throws Exception {
    // given
    bench.journal.use("bob", "tokens", "3", START);
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(3));

    // when
    bench.workOnce();
    List<String> lines = lines(Mode.COMPARE);

    // then
    assertThat(lines).singleElement().asString().endsWith("difference -3, UNMAPPED_CUSTOMER");
  }

  @Test
  void what_the_outbox_has_not_counted_of_the_journal_is_unexplained() throws Exception {
    // given
    bench.journal.use("ann", "tokens", "3", START);
    bench.settle();
    bench.journal.use("ann", "tokens", "2", START);
    everythingIsCountedByNow();

    // when
    List<String> lines = lines(Mode.COMPARE);

    // then
    assertThat(lines)
        .containsExactly(
            "ann tokens 2026-11-01T00:00:00Z/2026-11-01T01:00:00Z:"
                + " journal 5, outbox 3, stripe 3, difference -2, UNEXPLAINED");
  }
}
