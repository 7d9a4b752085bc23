package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.outbox.MeterEventApi;
import io.creditledger.stripe.outbox.SendOutcome;
import io.creditledger.stripe.period.BillingPeriod;
import io.creditledger.stripe.period.BillingPeriods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BeforeInvoiceTest {

  private static final CustomerId ANN = new CustomerId("ann");
  private static final Instant BOUNDARY = START.plus(Duration.ofMinutes(20));
  private static final Instant LONG_AGO = START.minus(Duration.ofDays(30));
  private static final Instant LATER = BOUNDARY.plus(Duration.ofDays(30));

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  private UsageBench bench;

  @BeforeEach
  void a_customer_whose_usage_is_sent() throws StripeException {
    bench =
        new UsageBench(
            sync,
            "{meters: {tokens: {send: all, in: quantity, window: PT1H}}, usage: {grace: PT10M}}");
    bench.meter("tokens");
    bench.customer("ann");
  }

  @Test
  void usage_on_either_side_of_a_boundary_goes_in_different_events() throws StripeException {
    // given
    keep(LONG_AGO, BOUNDARY);
    bench.journal.use("ann", "tokens", "3", BOUNDARY.minusMillis(1));
    bench.journal.use("ann", "tokens", "4", BOUNDARY);

    // when
    sync.clock().set(START.plus(Duration.ofMinutes(80)));
    bench.settle();

    // then
    assertThat(sides()).containsExactly("3", "4");
  }

  @Test
  void a_window_is_cut_at_a_boundary_that_becomes_known_before_it_is_sent() throws StripeException {
    // given
    bench.journal.use("ann", "tokens", "3", BOUNDARY.minusMillis(1));
    bench.journal.use("ann", "tokens", "4", BOUNDARY);
    bench.relay();

    // when
    keep(LONG_AGO, BOUNDARY);
    sync.clock().set(START.plus(Duration.ofMinutes(80)));
    bench.settle();

    // then
    assertThat(sides()).containsExactly("3", "4");
    assertThat(bench.count("meter_event")).isEqualTo(2);
  }

  @Test
  void a_window_that_was_sent_whole_is_taken_back_and_sent_in_parts() throws StripeException {
    // given
    String before = bench.journal.use("ann", "tokens", "3", BOUNDARY.minusMillis(1));
    bench.journal.use("ann", "tokens", "4", BOUNDARY);
    sync.clock().set(START.plus(Duration.ofMinutes(80)));
    bench.settle();
    assertThat(sides()).containsExactly("7", "0");

    // when
    keep(LONG_AGO, BOUNDARY);
    bench.work();

    // then
    assertThat(sides()).containsExactly("3", "4");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("7");

    // when
    bench.journal.reverse("ann", before, sync.clock().instant());
    bench.settle();

    // then
    assertThat(sides()).containsExactly("0", "4");
  }

  @Test
  void usage_of_an_ended_period_is_hurried_before_its_grace_and_before_others()
      throws StripeException {
    // given
    bench.customer("bob");
    keep(LONG_AGO, BOUNDARY);
    bench.journal.use("bob", "tokens", "1", START);
    bench.journal.use("ann", "tokens", "3", START);
    bench.journal.use("ann", "tokens", "4", BOUNDARY);
    bench.relay();
    sync.clock().set(BOUNDARY.plusSeconds(5));

    // when
    sync.database()
        .jdbi()
        .useTransaction(transaction -> bench.flush.flush(transaction, ANN, BOUNDARY));
    bench.cutter.cutAllDue();
    bench.send();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 3 delivered");
  }

  @Test
  void what_waits_already_is_hurried_too() throws StripeException {
    // given
    bench.customer("bob");
    bench.journal.use("bob", "tokens", "1", START.minus(Duration.ofHours(1)));
    bench.journal.use("ann", "tokens", "3", START);
    bench.relay();
    sync.clock().set(START.plus(Duration.ofMinutes(80)));
    bench.cutter.cutAllDue();

    // when
    sync.database()
        .jdbi()
        .useTransaction(
            transaction -> bench.flush.flush(transaction, ANN, START.plus(Duration.ofHours(1))));
    List<String> first = new ArrayList<>();
    bench.sendThrough(
        api ->
            new MeterEventApi() {
              @Override
              public int eventsPerCallMax() {
                return 1;
              }

              @Override
              public SendOutcome send(List<Addressed> events) throws InterruptedException {
                first.add(events.getFirst().event().customer().value());
                return api.send(events);
              }
            });
    bench.work();

    // then
    assertThat(first).containsExactly("ann", "bob");
  }

  @Test
  void the_schedule_hurries_each_ended_period_once() throws StripeException {
    // given
    keep(LONG_AGO, BOUNDARY);
    bench.journal.use("ann", "tokens", "3", START);
    sync.clock().set(BOUNDARY.plus(Duration.ofMinutes(10)));
    bench.relay();

    // when
    bench.flush.run();

    // then
    assertThat(bench.count("usage_window where urgent")).isEqualTo(1);
    assertThat(bench.count("billing_period where flushed")).isEqualTo(1);
  }

  @Test
  void late_usage_of_an_ended_period_goes_before_others() throws StripeException {
    // given
    keep(LONG_AGO, BOUNDARY);
    sync.clock().set(BOUNDARY.plus(Duration.ofHours(1)));
    bench.journal.use("ann", "tokens", "3", START, sync.clock().instant());
    bench.journal.use("ann", "tokens", "4", BOUNDARY, sync.clock().instant());
    bench.relay();
    sync.clock().advance(Duration.ofHours(1));

    // when
    bench.cutter.cutAllDue();

    // then
    assertThat(bench.count("meter_event where urgent and value = 3")).isEqualTo(1);
    assertThat(bench.count("meter_event where not urgent and value = 4")).isEqualTo(1);
  }

  @Test
  void usage_that_comes_too_late_for_its_invoice_is_sent_and_shown() throws StripeException {
    // given
    keep(LONG_AGO, BOUNDARY);
    bench.journal.use("ann", "tokens", "3", START);
    sync.clock().set(START.plus(Duration.ofMinutes(80)));
    bench.settle();
    Instant finalized = sync.clock().instant();
    sync.database()
        .jdbi()
        .useHandle(handle -> BillingPeriods.finalized(handle, "sub_1", BOUNDARY, finalized));
    assertThat(late()).isEmpty();

    // when
    sync.clock().advance(Duration.ofHours(1));
    bench.journal.use("ann", "tokens", "4", START, sync.clock().instant());
    bench.journal.use("ann", "tokens", "5", BOUNDARY, sync.clock().instant());
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("12");
    assertThat(late())
        .singleElement()
        .satisfies(
            usage -> {
              assertThat(usage.value()).isEqualByComparingTo("4");
              assertThat(usage.subscription()).isEqualTo("sub_1");
              assertThat(usage.finalizedAt()).isEqualTo(finalized);
              assertThat(usage.sentAt()).isPresent();
            });
  }

  @Test
  void a_window_that_grows_by_the_split_of_another_one_loses_nothing() throws StripeException {
    // given
    bench.journal.use("ann", "tokens", "3", BOUNDARY.minusMillis(1));
    bench.journal.use("ann", "tokens", "4", BOUNDARY);
    bench.relay();
    keep(LONG_AGO, BOUNDARY);
    bench.journal.use("ann", "tokens", "5", BOUNDARY.plusMillis(1));
    bench.relay();

    // when
    sync.clock().set(START.plus(Duration.ofMinutes(80)));
    bench.settle();

    // then
    assertThat(sides()).containsExactly("3", "9");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("12");
  }

  private List<LateUsage> late() {
    return sync.database().jdbi().withHandle(handle -> LateUsage.since(handle, LONG_AGO, 10));
  }

  private void keep(Instant from, Instant to) {
    sync.database()
        .jdbi()
        .useHandle(
            handle -> {
              BillingPeriods.keep(handle, new BillingPeriod(ANN, "sub_1", from, to));
              BillingPeriods.keep(handle, new BillingPeriod(ANN, "sub_1", to, LATER));
            });
  }

  /** What Stripe counts before the boundary, and what from there on. */
  private List<String> sides() throws StripeException {
    Instant end = START.plus(Duration.ofHours(1));
    return Stream.of(
            bench.stripeSum("ann", "tokens", START, BOUNDARY),
            bench.stripeSum("ann", "tokens", BOUNDARY, end))
        .map(sum -> sum.stripTrailingZeros().toPlainString())
        .toList();
  }
}
