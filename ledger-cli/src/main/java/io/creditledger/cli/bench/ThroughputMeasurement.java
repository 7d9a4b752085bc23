package io.creditledger.cli.bench;

import io.creditledger.cli.bench.rig.Drain;
import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.PassThrough;
import io.creditledger.cli.bench.rig.Preload;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.bench.rig.UsageTraffic;
import io.creditledger.relay.Topics;
import java.time.Duration;

/**
 * The whole topology against one that only copies bytes, in turns. A round that is not counted
 * comes first, so that the JVM has compiled what it runs.
 */
final class ThroughputMeasurement implements Measurement {

  private static final String NAME = "throughput";
  private static final String INPUT = "copy-input";
  private static final int GRANTS_EACH = 3;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String PER_SECOND = "/s";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "usage through the whole ledger, against a pass-through topology that copies bytes";
  }

  @Override
  public void run(Bench bench) throws InterruptedException {
    BenchPlan plan = bench.plan();
    bench.tell("filling a topic with %,d records to copy".formatted(plan.copied()));
    bench.broker().create(INPUT);
    UsageTraffic traffic = UsageTraffic.of(new Spread.Uniform(plan.customers()));
    Preload.send(bench.broker().connection(), plan.copied(), i -> traffic.next(INPUT));
    for (int round = 0; round <= plan.rounds(); round++) {
      double copy = passThrough(bench, round);
      double ledger = ledger(bench, round);
      if (round == 0) {
        bench.tell("%s: warm, %,.0f/s of %,.0f/s".formatted(NAME, ledger, copy));
      } else {
        bench.figure(NAME, "P1 pass-through, exactly once", PER_SECOND, copy);
        bench.figure(NAME, "P3 ledger, uniform", PER_SECOND, ledger);
        bench.figure(NAME, "P3 / P1", "", ledger / copy);
      }
    }
    bench.broker().deleteAll(INPUT);
  }

  private static double passThrough(Bench bench, int round) throws InterruptedException {
    String name = "copy-" + round;
    Drain.Pace pace =
        PassThrough.copy(
            bench.broker(),
            TrialLedger.config(bench.broker(), bench.directory(), name, 1),
            INPUT,
            name,
            LIMIT);
    bench.broker().deleteAll(name);
    return pace.perSecond();
  }

  private static double ledger(Bench bench, int round) throws InterruptedException {
    BenchPlan plan = bench.plan();
    TrialLedger ledger = TrialLedger.named(bench.broker(), bench.directory(), "ledger-" + round);
    Grants grants = new Grants(plan.customers(), GRANTS_EACH);
    try (TrialLedger.Running running = ledger.start()) {
      running.priceBy(UsageTraffic.CATALOG);
      ledger.publish(Topics.GRANT_EVENTS, grants.count(), grants::record);
      running.drain();
    }
    UsageTraffic traffic = UsageTraffic.of(new Spread.Uniform(plan.customers()));
    ledger.publish(Topics.USAGE_EVENTS, plan.events(), (topic, i) -> traffic.next(topic));
    double perSecond;
    try (TrialLedger.Running running = ledger.start()) {
      perSecond = running.drain().perSecond();
    }
    ledger.delete();
    return perSecond;
  }
}
