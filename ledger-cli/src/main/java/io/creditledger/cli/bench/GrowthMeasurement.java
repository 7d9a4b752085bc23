package io.creditledger.cli.bench;

import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.bench.rig.UsageTraffic;
import java.util.ArrayList;
import java.util.List;

/** How the pace changes as a ledger grows in one direction, everything else being equal. */
final class GrowthMeasurement implements Measurement {

  private static final String NAME = "growth";
  private static final int GRANTS_IN_ALL = 100_000;

  /** Enough for the hot accounts of a ledger with many grants each to spread over partitions. */
  private static final int FEW_CUSTOMERS = 10;

  /** Of a ledger: its customers and grants, and its threads, 0 for one for each core. */
  private record Size(String what, Grants grants, int threads) {}

  private record Grown(Size size, TrialLedger ledger) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "the pace with more customers, open grants, closed grants and threads";
  }

  @Override
  public void run(Bench bench) throws InterruptedException {
    List<Grown> all = new ArrayList<>();
    for (Size size : sizes(bench.plan())) {
      TrialLedger ledger =
          TrialLedger.withThreads(
              bench.broker(), bench.directory(), "growth-" + all.size(), size.threads());
      bench.tell("%s: making %s".formatted(NAME, size.what()));
      ledger.fund(size.grants());
      all.add(new Grown(size, ledger));
    }
    boolean warm = bench.median(ThroughputMeasurement.UNIFORM).isPresent();
    if (!warm) {
      pace(bench, all.getFirst());
    }
    for (int round = 1; round <= bench.plan().longRounds(); round++) {
      for (Grown grown : all) {
        bench.figure(NAME, grown.size().what(), "/s", pace(bench, grown));
      }
    }
    for (Grown grown : all) {
      grown.ledger().delete();
    }
  }

  private static double pace(Bench bench, Grown grown) throws InterruptedException {
    Spread spread = new Spread.Uniform(grown.size().grants().customers());
    return grown.ledger().workOff(UsageTraffic.of(spread), bench.plan().growthEvents()).perSecond();
  }

  private static List<Size> sizes(BenchPlan plan) {
    List<Size> sizes = new ArrayList<>();
    for (int customers = 1_000; customers <= plan.customersMax(); customers *= 10) {
      sizes.add(new Size("%,d customers".formatted(customers), new Grants(customers, 1), 0));
    }
    sizes.add(new Size("1,000 customers, one thread", new Grants(1_000, 1), 1));
    if (Runtime.getRuntime().availableProcessors() != 2) {
      // With two cores it would be the first once more.
      sizes.add(new Size("1,000 customers, two threads", new Grants(1_000, 1), 2));
    }
    for (int open = 10; open <= plan.grantsMax(); open *= 10) {
      Grants grants = new Grants(Math.min(1_000, GRANTS_IN_ALL / open), open);
      sizes.add(new Size("%,d open grants each".formatted(open), grants, 0));
    }
    for (int closed = 100; closed <= plan.closedMax(); closed *= 10) {
      Grants grants = new Grants(FEW_CUSTOMERS, 1, closed);
      sizes.add(new Size("%,d closed grants each".formatted(closed), grants, 0));
    }
    return sizes;
  }
}
