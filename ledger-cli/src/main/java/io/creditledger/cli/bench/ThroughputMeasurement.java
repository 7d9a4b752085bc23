package io.creditledger.cli.bench;

import io.creditledger.cli.bench.rig.Drain;
import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.PassThrough;
import io.creditledger.cli.bench.rig.Preload;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.bench.rig.UsageTraffic;
import java.time.Duration;

/**
 * The whole topology against one that only copies bytes, in turns. Rounds that are not counted come
 * first, until they get no faster, so that the JVM has compiled what it runs.
 */
final class ThroughputMeasurement implements Measurement {

  static final String NAME = "throughput";
  static final String UNIFORM = "P3 ledger, uniform";
  static final String HOT = "P3 ledger, one customer";

  private static final String INPUT = "copy-input";
  private static final int GRANTS_EACH = 3;
  private static final double REPEATED = 0.05;

  /**
   * The JVM is taken for warm after a round that is not so many times as fast as the one before.
   */
  private static final double WARMER = 1.03;

  private static final Duration LIMIT = Duration.ofMinutes(5);

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
    TrialLedger ledger = TrialLedger.named(bench.broker(), bench.directory(), NAME);
    ledger.fund(new Grants(plan.customers(), GRANTS_EACH));
    warmUp(bench, ledger);
    for (int round = 1; round <= plan.rounds(); round++) {
      double copy = passThrough(bench, "copy-" + round);
      bench.figure(NAME, "P1 pass-through, exactly once", "/s", copy);
      headline(bench, ledger, copy);
      if (round <= plan.longRounds()) {
        otherSpreads(bench, ledger);
      }
    }
    ledger.delete();
    bench.broker().deleteAll(INPUT);
  }

  private static void warmUp(Bench bench, TrialLedger ledger) throws InterruptedException {
    double before = 0;
    for (int i = 1; i <= bench.plan().warmUps(); i++) {
      double copy = passThrough(bench, "warm-" + i);
      double pace =
          pace(bench, ledger, UsageTraffic.of(new Spread.Uniform(bench.plan().customers())));
      bench.tell("%s: to warm up, %,.0f/s and %,.0f/s".formatted(NAME, copy, pace));
      if (pace < before * WARMER) {
        return;
      }
      before = pace;
    }
  }

  private static double passThrough(Bench bench, String name) throws InterruptedException {
    Drain.Pace pace =
        PassThrough.copy(
            bench.broker(),
            TrialLedger.config(bench.broker(), bench.directory(), name, 0),
            INPUT,
            name,
            LIMIT);
    bench.broker().deleteAll(name);
    return pace.perSecond();
  }

  private static void headline(Bench bench, TrialLedger ledger, double copy)
      throws InterruptedException {
    Spread everybody = new Spread.Uniform(bench.plan().customers());
    double uniform = pace(bench, ledger, UsageTraffic.of(everybody));
    bench.figure(NAME, UNIFORM, "/s", uniform);
    bench.figure(NAME, "P3 / P1", "", uniform / copy);
    shape(bench, ledger, HOT, UsageTraffic.of(new Spread.OneCustomer()));
  }

  private static void otherSpreads(Bench bench, TrialLedger ledger) throws InterruptedException {
    int customers = bench.plan().customers();
    shape(bench, ledger, "P3 ledger, Zipf", UsageTraffic.of(new Spread.Zipf(customers)));
    UsageTraffic repeating = UsageTraffic.of(new Spread.Uniform(customers)).repeating(REPEATED);
    shape(bench, ledger, "P3 ledger, uniform, 5 % sent twice", repeating);
  }

  private static void shape(Bench bench, TrialLedger ledger, String what, UsageTraffic traffic)
      throws InterruptedException {
    bench.figure(NAME, what, "/s", pace(bench, ledger, traffic));
  }

  private static double pace(Bench bench, TrialLedger ledger, UsageTraffic traffic)
      throws InterruptedException {
    return ledger.workOff(traffic, bench.plan().events()).perSecond();
  }
}
