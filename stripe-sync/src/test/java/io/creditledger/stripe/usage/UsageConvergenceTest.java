package io.creditledger.stripe.usage;

import static io.creditledger.stripe.SyncFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.outbox.MeterEventApi;
import io.creditledger.stripe.outbox.SendOutcome;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.Fault.Kind;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import io.creditledger.stripe.usage.JournalSums.Sent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens and whatever goes wrong, Stripe's sums come to the journal's. More histories are
 * tried with {@code -Dusage.histories=100}.
 */
class UsageConvergenceTest {

  private static final int HISTORIES_DEFAULT = 2;
  private static final int STEPS = 60;
  private static final List<String> CUSTOMERS = List.of("ann", "bob", "eve");
  private static final Map<String, Sent> SENT =
      Map.of(
          "tokens", Sent.ALL_QUANTITY,
          "pages", Sent.OVERAGE_QUANTITY,
          "hours", Sent.OVERAGE_CREDITS);

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1)
        .limit(Integer.getInteger("usage.histories", HISTORIES_DEFAULT));
  }

  /** What may still be reversed. */
  private record Usage(String customer, String id) {}

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void stripes_sums_come_to_the_journals(long seed) throws StripeException {
    SplittableRandom random = new SplittableRandom(seed);
    UsageBench bench =
        new UsageBench(
            sync,
            """
            meters:
              tokens: {send: all, in: quantity, window: PT10M}
              pages: {send: overage, in: quantity, window: PT1H}
              hours: {send: overage, in: credits, window: PT1M}
            usage: {api: %s}
            """
                .formatted(seed % 2 == 0 ? "single" : "stream"));
    for (String meter : SENT.keySet()) {
      bench.meter(meter);
    }
    for (String customer : CUSTOMERS) {
      bench.customer(customer);
    }
    sync.simulator().follow(faults(seed));
    bench.sendThrough(api -> dyingAtTimes(api, random));

    live(bench, random);
    sync.simulator().follow(FaultPlan.none());
    bench.sendThrough(api -> api);
    bench.settle();

    Map<String, BigDecimal> expected = JournalSums.of(bench.journal.entries(), SENT);
    for (Map.Entry<String, BigDecimal> sum : expected.entrySet()) {
      String[] key = sum.getKey().split(" ", -1);
      assertThat(bench.stripeSum(key[0], key[1]))
          .as("%s, seed %d, outbox %s", sum.getKey(), seed, bench.outbox())
          .isEqualByComparingTo(sum.getValue());
    }
    assertThat(bench.status().parked()).isZero();
    assertThat(bench.status().unknown()).isZero();
    assertThat(bench.outboxIsCut()).isTrue();
  }

  private static FaultPlan faults(long seed) {
    FaultPlan plan = FaultPlan.seeded(seed).share(0.05, "*", Fault.of(Kind.LOST_ANSWER));
    List<Fault> others =
        List.of(
            Fault.rateLimited("endpoint-concurrency"),
            Fault.of(Kind.LOCK_TIMEOUT_KEPT),
            Fault.of(Kind.CONFLICT),
            Fault.of(Kind.SERVER_ERROR_KEPT),
            Fault.of(Kind.SERVER_ERROR_AFTER_WORK),
            Fault.of(Kind.LOST_REQUEST));
    for (Fault fault : others) {
      plan = plan.share(0.2 / others.size(), "POST /*", fault);
    }
    return plan.share(0.02, "POST /v2/billing/*stream", Fault.of(Kind.SESSION_EXPIRED));
  }

  /** Dies in one of ten calls, before or after Stripe has heard it. */
  private static MeterEventApi dyingAtTimes(MeterEventApi api, SplittableRandom random) {
    return new MeterEventApi() {
      @Override
      public int eventsPerCallMax() {
        return api.eventsPerCallMax();
      }

      @Override
      public SendOutcome send(List<Addressed> events) throws InterruptedException {
        int fate = random.nextInt(20);
        if (fate == 0) {
          throw new IllegalStateException("the process dies before it sends");
        }
        SendOutcome outcome = api.send(events);
        if (fate == 1) {
          throw new IllegalStateException("the process dies before it notes what it sent");
        }
        return outcome;
      }
    };
  }

  private void live(UsageBench bench, SplittableRandom random) {
    List<Usage> usages = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      sync.clock().advance(Duration.ofSeconds(random.nextInt(1, step % 15 == 0 ? 40_000 : 1_200)));
      happen(bench, random, usages);
      if (random.nextInt(3) > 0) {
        bench.relay();
      }
      bench.cutter.cutAllDue();
      try {
        bench.send();
      } catch (IllegalStateException died) {
        assertThat(died).hasMessageStartingWith("the process dies");
      }
    }
  }

  private void happen(UsageBench bench, SplittableRandom random, List<Usage> usages) {
    Instant now = sync.clock().instant();
    String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
    String meter = List.of("tokens", "pages", "hours").get(random.nextInt(3));
    String quantity = random.nextInt(1, 100) + "." + random.nextInt(1, 1_000_000);
    switch (random.nextInt(10)) {
      case 0 -> bench.journal.grant(customer, random.nextInt(1, 40) + "", now);
      case 1 -> {
        bench.journal.grant(customer, "2", now);
        usages.add(new Usage(customer, bench.journal.settle(customer, meter, "1", quantity, now)));
      }
      case 2, 3 -> {
        Instant late = now.minusSeconds(random.nextInt(1, 200_000));
        Instant occurred = late.isBefore(START) ? START : late;
        usages.add(
            new Usage(customer, bench.journal.use(customer, meter, quantity, occurred, now)));
      }
      case 4, 5, 6 -> {
        if (!usages.isEmpty()) {
          reverse(bench, random, usages, now);
        }
      }
      default -> {
        for (int i = 0; i < 3; i++) {
          usages.add(new Usage(customer, bench.journal.use(customer, meter, quantity, now)));
        }
      }
    }
  }

  /** A part of a usage, so that more of it can follow, or all that is left. */
  private static void reverse(
      UsageBench bench, SplittableRandom random, List<Usage> usages, Instant now) {
    Usage usage = usages.get(random.nextInt(usages.size()));
    if (random.nextBoolean()) {
      bench.journal.reverse(usage.customer(), usage.id(), "0.01", now);
    } else {
      bench.journal.reverse(usage.customer(), usage.id(), now);
      usages.remove(usage);
    }
  }
}
