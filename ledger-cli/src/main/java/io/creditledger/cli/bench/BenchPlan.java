package io.creditledger.cli.bench;

import java.util.List;

/**
 * How large a run is. Quick and full runs differ in nothing else.
 *
 * @param rounds of everything that is interleaved
 * @param longRounds of what takes long to prepare or to wait for: growth, latency, REST, restarts,
 *     and the spreads of usage beside the headline's
 * @param warmUps rounds at most before those that count, while they still get faster
 * @param events usage events of one round through the ledger
 * @param copied records of one round through the pass-through topology, and of producers and
 *     consumers
 * @param customers who use credits
 * @param sideCustomers the same where their number matters less: latency, REST, audit, restarts
 * @param growthEvents usage events of one round through a ledger that has grown
 * @param customersMax to how many customers a ledger grows
 * @param grantsMax to how many open grants of each customer
 * @param closedMax to how many closed grants of each customer
 * @param postgresMillis how long PostgreSQL is loaded in one round
 * @param loadSeconds how long an open load goes on, and half as long before it counts; a closed
 *     load goes on half as long
 * @param iterationMillis how long one iteration of a benchmark of the core takes
 * @param coreGrants how many open grants the customer has whom the core is measured with
 */
record BenchPlan(
    int rounds,
    int longRounds,
    int warmUps,
    int events,
    int copied,
    int customers,
    int sideCustomers,
    int growthEvents,
    int customersMax,
    int grantsMax,
    int closedMax,
    int postgresMillis,
    int loadSeconds,
    int iterationMillis,
    List<String> coreGrants) {

  static final BenchPlan QUICK =
      new BenchPlan(
          3,
          1,
          1,
          60_000,
          200_000,
          2_000,
          2_000,
          10_000,
          1_000,
          10,
          100,
          300,
          2,
          100,
          List.of("3"));
  static final BenchPlan FULL =
      new BenchPlan(
          3,
          3,
          6,
          1_500_000,
          4_000_000,
          10_000,
          10_000,
          100_000,
          1_000_000,
          1_000,
          10_000,
          5_000,
          14,
          1_000,
          List.of("3", "100"));

  BenchPlan {
    coreGrants = List.copyOf(coreGrants);
    atLeastOne("rounds", rounds);
    atLeastOne("events", events);
    atLeastOne("copied records", copied);
    atLeastOne("customers", customers);
  }

  /** The same with other sizes, each where it is given. */
  BenchPlan with(Sizes sizes) {
    return new BenchPlan(
        sizes.rounds.orElse(rounds),
        sizes.rounds.orElse(longRounds),
        warmUps,
        sizes.events.orElse(events),
        sizes.copied.orElse(copied),
        sizes.customers.orElse(customers),
        sizes.customers.orElse(sideCustomers),
        sizes.events.orElse(growthEvents),
        sizes.customersMax.orElse(customersMax),
        sizes.grantsMax.orElse(grantsMax),
        sizes.closedMax.orElse(closedMax),
        sizes.postgresMillis.orElse(postgresMillis),
        sizes.loadSeconds.orElse(loadSeconds),
        iterationMillis,
        coreGrants);
  }

  private static void atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " are below 1: " + value);
    }
  }
}
