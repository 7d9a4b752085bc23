package io.creditledger.cli.bench;

import io.creditledger.cli.bench.rig.RowLocks;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.UsageTraffic;
import io.creditledger.cli.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Usage through a ledger with row locks in PostgreSQL, durable, over eight connections. */
final class PostgresMeasurement implements Measurement {

  private static final String NAME = "postgres";
  private static final int CONNECTIONS = 8;
  private static final long MICROS_MAX = 2_000_000;

  @FunctionalInterface
  private interface Burn {
    void one(RowLocks ledger, String customer, String usage, long micros) throws SQLException;
  }

  private record Way(String what, Burn burn) {}

  private static final List<Way> WAYS =
      List.of(
          new Way("a statement for each step", RowLocks::callStatements),
          new Way("a stored function", RowLocks::callFunction));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "usage through row locks in PostgreSQL: fsync, a transaction each, 8 connections";
  }

  @Override
  public void run(Bench bench) throws InterruptedException {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(bench.directory().resolve("postgres"))) {
      RowLocks.prepare(postgres.jdbcUrl(), bench.plan().customers());
      Spread uniform = new Spread.Uniform(bench.plan().customers());
      for (int round = 1; round <= bench.plan().rounds(); round++) {
        double best = best(bench, postgres.jdbcUrl(), "uniform", uniform, round);
        compare(bench, ThroughputMeasurement.UNIFORM, "P3 / PG, uniform", best);
        double hot =
            best(bench, postgres.jdbcUrl(), "one customer", new Spread.OneCustomer(), round);
        compare(bench, ThroughputMeasurement.HOT, "P3 / PG, one customer", hot);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger in PostgreSQL failed", e);
    }
  }

  /** Against the ledger's median of the same run, where that was measured. */
  private static void compare(Bench bench, String ledger, String what, double postgres) {
    bench.median(ledger).ifPresent(median -> bench.figure(NAME, what, "", median / postgres));
  }

  private static double best(
      Bench bench, String jdbcUrl, String spreadName, Spread spread, int round)
      throws InterruptedException {
    double best = 0;
    for (Way way : WAYS) {
      double pace = pace(bench, jdbcUrl, way, spread, round);
      bench.figure(NAME, "PG %s, %s".formatted(way.what(), spreadName), "/s", pace);
      best = Math.max(best, pace);
    }
    return best;
  }

  private static double pace(Bench bench, String jdbcUrl, Way way, Spread spread, int round)
      throws InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(bench.plan().postgresMillis());
    String run = way.what() + spread + round;
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Callable<Long>> loops = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        String prefix = run + "-" + i + "-";
        SplittableRandom random = new SplittableRandom(prefix.hashCode());
        loops.add(() -> loop(jdbcUrl, way, spread, random, prefix, nanos));
      }
      long start = System.nanoTime();
      long committed = 0;
      for (Future<Long> loop : threads.invokeAll(loops)) {
        committed += loop.get();
      }
      return committed * 1e9 / (System.nanoTime() - start);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the ledger in PostgreSQL failed", e.getCause());
    }
  }

  private static long loop(
      String jdbcUrl, Way way, Spread spread, SplittableRandom random, String prefix, long nanos)
      throws SQLException {
    try (RowLocks ledger = RowLocks.connect(jdbcUrl)) {
      long start = System.nanoTime();
      long committed = 0;
      while (System.nanoTime() - start < nanos) {
        String customer = UsageTraffic.customer(spread.next(random));
        way.burn().one(ledger, customer, prefix + committed, 1 + random.nextLong(MICROS_MAX));
        committed++;
      }
      return committed;
    }
  }
}
