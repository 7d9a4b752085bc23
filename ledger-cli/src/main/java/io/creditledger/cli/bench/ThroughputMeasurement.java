package io.creditledger.cli.bench;

import io.creditledger.cli.bench.rig.Drain;
import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.PassThrough;
import io.creditledger.cli.bench.rig.Preload;
import io.creditledger.cli.bench.rig.Refill;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.bench.rig.UsageTraffic;
import java.time.Duration;

/**
 * The whole topology against one that only copies bytes, in turns. Rounds that are not counted come
 * first, until they get no faster, so that the JVM has compiled what it runs.
 *
 * <p>The headline's ledger is nobody else's. Each of its rounds begins with three open grants of
 * every customer, of which two are used up when half of it is done.
 */
final class ThroughputMeasurement implements Measurement {

  static final String NAME = "throughput";
  static final String UNIFORM = "P3 ledger, uniform";
  static final String HOT = "P3 ledger, one customer";

  private static final String INPUT = "copy-input";
  private static final int GRANTS_EACH = 3;
  private static final double REPEATED = 0.05;

  /** A round is faster than others where it is so many times as fast. */
  private static final double FASTER = 1.03;

  /** The JVM is taken for warm after so many rounds in a row of which none was the fastest. */
  private static final int ROUNDS_WARM = 2;

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
    TrialLedger uniform = TrialLedger.named(bench.broker(), bench.directory(), NAME);
    uniform.fund(new Grants(plan.customers(), 1));
    TrialLedger others = TrialLedger.named(bench.broker(), bench.directory(), "spreads");
    others.fund(new Grants(plan.customers(), GRANTS_EACH));
    int warmUps = warmUp(bench, uniform);
    for (int round = 1; round <= plan.rounds(); round++) {
      double copy = passThrough(bench, "copy-" + round);
      bench.figure(NAME, "P1 pass-through, exactly once", "/s", copy);
      double pace = pace(bench, uniform, warmUps + round);
      bench.figure(NAME, UNIFORM, "/s", pace);
      bench.figure(NAME, "P3 / P1", "", pace / copy);
      if (round <= plan.longRounds()) {
        otherSpreads(bench, others);
      }
    }
    uniform.delete();
    others.delete();
    bench.broker().deleteAll(INPUT);
  }

  /** Returns how many rounds it took. */
  private static int warmUp(Bench bench, TrialLedger uniform) throws InterruptedException {
    double fastest = 0;
    int warm = 0;
    int round = 0;
    while (round < bench.plan().warmUps() && warm < ROUNDS_WARM) {
      round++;
      double copy = passThrough(bench, "warm-" + round);
      double pace = pace(bench, uniform, round);
      bench.tell("%s: to warm up, %,.0f/s and %,.0f/s".formatted(NAME, copy, pace));
      warm = pace < fastest * FASTER ? warm + 1 : 0;
      fastest = Math.max(fastest, pace);
    }
    return round;
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

  private static void otherSpreads(Bench bench, TrialLedger others) throws InterruptedException {
    int customers = bench.plan().customers();
    shape(bench, others, HOT, UsageTraffic.of(new Spread.OneCustomer()));
    shape(bench, others, "P3 ledger, Zipf", UsageTraffic.of(new Spread.Zipf(customers)));
    UsageTraffic repeating = UsageTraffic.of(new Spread.Uniform(customers)).repeating(REPEATED);
    shape(bench, others, "P3 ledger, uniform, 5 % sent twice", repeating);
  }

  private static void shape(Bench bench, TrialLedger ledger, String what, UsageTraffic traffic)
      throws InterruptedException {
    bench.figure(NAME, what, "/s", ledger.workOff(traffic, bench.plan().events()).perSecond());
  }

  /** Of usage that is spread evenly, which begins with {@link #GRANTS_EACH} open grants. */
  private static double pace(Bench bench, TrialLedger uniform, int round)
      throws InterruptedException {
    BenchPlan plan = bench.plan();
    Refill refill = Refill.halfOf(round, plan.customers(), GRANTS_EACH - 1, plan.events());
    UsageTraffic traffic = UsageTraffic.of(new Spread.Uniform(plan.customers()));
    return uniform.workOff(refill, traffic, plan.events()).perSecond();
  }
}
