package io.creditledger.cli.bench;

/**
 * How large a run is. Quick and full runs differ in nothing else.
 *
 * @param rounds of everything that is interleaved
 * @param events usage events of one round through the ledger
 * @param copied records of one round through the pass-through topology, and of producers and
 *     consumers
 * @param customers who use credits
 */
record BenchPlan(int rounds, int events, int copied, int customers) {

  static final BenchPlan QUICK = new BenchPlan(3, 150_000, 500_000, 10_000);
  static final BenchPlan FULL = new BenchPlan(5, 500_000, 1_500_000, 10_000);

  BenchPlan {
    atLeastOne("rounds", rounds);
    atLeastOne("events", events);
    atLeastOne("copied records", copied);
    atLeastOne("customers", customers);
  }

  private static void atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " are below 1: " + value);
    }
  }
}
