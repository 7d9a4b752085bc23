package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.client.StripeSettings;
import io.creditledger.stripe.outbox.EventStream;
import io.creditledger.stripe.outbox.SingleEvents;
import io.creditledger.stripe.rules.UsageRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An hour without Stripe: usage waits, nothing before it notices, and afterwards it is sent no
 * faster than Stripe allows.
 */
class StripeDownTest {

  private static final Logger LOG = LoggerFactory.getLogger(StripeDownTest.class);
  private static final int MINUTES = Integer.getInteger("stripe.outage.minutes", 60);
  private static final int CUSTOMERS = Integer.getInteger("stripe.outage.customers", 5);
  private static final int CALLS_PER_SECOND = Integer.getInteger("stripe.outage.calls", 100);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  @ParameterizedTest
  @EnumSource(UsageRule.Api.class)
  void an_hour_without_stripe_makes_a_backlog_that_drains_within_the_rate(UsageRule.Api api)
      throws Exception {
    // given
    UsageBench bench = new UsageBench(sync, "meters: {tokens: {send: all, in: quantity}}");
    bench.meter("tokens");
    for (int i = 0; i < CUSTOMERS; i++) {
      bench.customer("c" + i);
    }
    StripeCalls calls =
        new StripeCalls(
            StripeSettings.at(sync.simulator().apiKey(), sync.simulator().baseUri())
                .withCallsPerSecond(CALLS_PER_SECOND));
    bench.sendThrough(
        ignored ->
            switch (api) {
              case SINGLE -> new SingleEvents(calls);
              case STREAM -> new EventStream(calls, sync.clock());
            });

    // when
    sync.simulator().beginOutage();
    List<Long> backlog = new ArrayList<>();
    for (int minute = 0; minute < MINUTES; minute++) {
      for (int i = 0; i < CUSTOMERS; i++) {
        bench.journal.use("c" + i, "tokens", "1", START.plus(MINUTE.multipliedBy(minute)));
      }
      bench.relay();
      sync.clock().advance(MINUTE);
      bench.workOnce();
      backlog.add(bench.status().backlog());
    }
    sync.clock().advance(MINUTE);
    bench.workOnce();

    // then
    UsageStatus down = bench.status();
    assertThat(backlog).isSorted();
    assertThat(down.backlog()).isEqualTo((long) MINUTES * CUSTOMERS);
    assertThat(down.oldestUnsent()).contains(START);
    assertThat(down.parked() + down.unknown()).isZero();

    // when
    sync.simulator().endOutage();
    long begun = System.nanoTime();
    bench.work();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);

    // then
    LOG.info(
        "{}: {} events were sent in {} at {} calls a second",
        api,
        down.backlog(),
        took,
        CALLS_PER_SECOND);
    long callsAtLeast = api == UsageRule.Api.STREAM ? down.backlog() / 100 : down.backlog();
    long afterTheBurst = Math.max(0, callsAtLeast - CALLS_PER_SECOND);
    assertThat(took).isGreaterThan(Duration.ofMillis(900 * afterTheBurst / CALLS_PER_SECOND));
    for (int i = 0; i < CUSTOMERS; i++) {
      assertThat(bench.stripeSum("c" + i, "tokens"))
          .isEqualByComparingTo(Integer.toString(MINUTES));
    }
    assertThat(bench.status().parked() + bench.status().unknown()).isZero();
  }
}
