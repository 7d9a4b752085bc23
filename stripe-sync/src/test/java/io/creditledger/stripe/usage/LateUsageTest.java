package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.Fault.Kind;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LateUsageTest {

  private static final String ADJUSTMENTS = "POST /v1/billing/meter_event_adjustments";

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  private UsageBench bench;

  @BeforeEach
  void a_customer_whose_usage_is_sent() throws StripeException {
    bench = new UsageBench(sync, "meters: {tokens: {send: all, in: quantity}}");
    bench.meter("tokens");
    bench.customer("ann");
  }

  @Test
  void late_usage_goes_as_another_revision_with_the_difference() throws StripeException {
    // given
    bench.journal.use("ann", "tokens", "3", START);
    bench.settle();

    // when
    bench.journal.use("ann", "tokens", "4", START, sync.clock().instant());
    bench.journal.use("ann", "tokens", "5", START, sync.clock().instant());
    bench.settle();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 3 delivered", "tokens 2 9 delivered");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("12");
  }

  @Test
  void what_is_reversed_before_its_window_is_sent_is_never_sent() throws StripeException {
    String usage = bench.journal.use("ann", "tokens", "3", START);
    bench.journal.reverse("ann", usage, START.plusSeconds(30));

    bench.settle();

    assertThat(bench.count("meter_event")).isZero();
  }

  @Test
  void a_reversal_within_a_day_cancels_the_event_and_sends_what_remains() throws StripeException {
    // given
    String usage = bench.journal.use("ann", "tokens", "3", START);
    bench.journal.use("ann", "tokens", "4", START);
    bench.settle();

    // when
    sync.clock().advance(Duration.ofHours(20));
    bench.journal.reverse("ann", usage, sync.clock().instant());
    bench.settle();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 7 cancelled", "tokens 2 4 delivered");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("4");
  }

  @Test
  void a_reversal_later_sends_the_negative_difference() throws StripeException {
    // given
    String usage = bench.journal.use("ann", "tokens", "8", START);
    bench.settle();

    // when
    sync.clock().advance(Duration.ofHours(25));
    // Two credits of the four that eight tokens cost.
    bench.journal.reverse("ann", usage, "2", sync.clock().instant());
    bench.settle();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 8 delivered", "tokens 2 -4 delivered");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("4");
    assertThat(sync.simulator().requestCounts()).doesNotContainKey(ADJUSTMENTS + " 200");
  }

  @Test
  void a_cancellation_that_comes_too_late_becomes_a_negative_event() throws StripeException {
    // given
    String usage = bench.journal.use("ann", "tokens", "8", START);
    bench.settle();
    sync.clock().advance(Duration.ofHours(22));
    bench.journal.reverse("ann", usage, sync.clock().instant());
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(1));
    bench.cutter.cutAllDue();

    // when
    sync.clock().advance(Duration.ofHours(3));
    bench.settle();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 8 delivered", "tokens 2 -8 delivered");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("0");
  }

  @Test
  void a_cancellation_whose_answer_was_lost_is_done_once() throws StripeException {
    // given
    String usage = bench.journal.use("ann", "tokens", "8", START);
    bench.journal.use("ann", "tokens", "2", START);
    bench.settle();
    sync.simulator()
        .follow(
            FaultPlan.none()
                .next(
                    ADJUSTMENTS,
                    Fault.of(Kind.LOST_ANSWER),
                    Fault.of(Kind.SERVER_ERROR_AFTER_WORK)));

    // when
    bench.journal.reverse("ann", usage, sync.clock().instant());
    bench.settle();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 10 cancelled", "tokens 2 2 delivered");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("2");
  }

  @Test
  void an_event_that_stripe_does_not_know_yet_is_cancelled_when_it_does() throws StripeException {
    // given
    sync.simulator().pauseMeters();
    String usage = bench.journal.use("ann", "tokens", "8", START);
    bench.settle();
    bench.journal.reverse("ann", usage, sync.clock().instant());
    bench.relay();
    sync.clock().advance(Duration.ofMinutes(1));
    bench.cutter.cutAllDue();
    bench.send();
    assertThat(bench.outbox()).containsExactly("tokens 1 8 cancelling");

    // when
    sync.simulator().resumeMeters();
    bench.work();

    // then
    assertThat(bench.outbox()).containsExactly("tokens 1 8 cancelled");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("0");
  }
}
