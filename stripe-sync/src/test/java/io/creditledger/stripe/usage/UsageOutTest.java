package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.creditledger.stripe.SyncFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsageOutTest {

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @Test
  void stripe_is_told_all_usage_once_in_one_event_for_each_window() throws StripeException {
    // given
    UsageBench bench = new UsageBench(sync, "meters: {tokens: {send: all, in: quantity}}");
    bench.meter("tokens");
    bench.customer("ann");
    bench.journal.use("ann", "tokens", "3", START);
    bench.journal.use("ann", "tokens", "4.5", START.plusSeconds(59));
    bench.journal.use("ann", "tokens", "10", START.plusSeconds(60));

    // when
    bench.settle();

    // then
    assertThat(bench.stripeSum("ann", "tokens", START, START.plusSeconds(60)))
        .isEqualByComparingTo("7.5");
    assertThat(bench.stripeSum("ann", "tokens")).isEqualByComparingTo("17.5");
    assertThat(sync.simulator().requestCounts())
        .containsEntry("POST /v1/billing/meter_events 200", 2L);
  }

  @Test
  void a_window_is_sent_when_its_end_and_the_grace_have_passed() throws StripeException {
    // given
    UsageBench bench =
        new UsageBench(sync, "{meters: {tokens: {send: all}}, usage: {grace: PT20S}}");
    bench.meter("tokens");
    bench.customer("ann");
    bench.journal.use("ann", "tokens", "3", START);
    bench.relay();

    // when
    sync.clock().set(START.plusSeconds(79));
    bench.cutter.cutAllDue();
    int before = bench.count("meter_event");
    sync.clock().advance(Duration.ofSeconds(1));
    bench.cutter.cutAllDue();

    // then
    assertThat(before).isZero();
    assertThat(bench.count("meter_event")).isEqualTo(1);
  }
}
