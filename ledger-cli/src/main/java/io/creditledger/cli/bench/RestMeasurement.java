package io.creditledger.cli.bench;

import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.RawHttp;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.bench.rig.UsageTraffic;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** Balances over REST against a GET of the same server whose answer is always the same. */
final class RestMeasurement implements Measurement {

  private static final String NAME = "rest";
  private static final int CONNECTIONS = 8;
  private static final int GRANTS_EACH = 3;
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int OK = 200;

  /** As fast as each connection can. */
  private static final long NO_PAUSE = 0;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "GET of a balance against GET of a constant, 8 connections";
  }

  @Override
  public void run(Bench bench) throws InterruptedException {
    int customers = bench.plan().sideCustomers();
    TrialLedger ledger = TrialLedger.named(bench.broker(), bench.directory(), NAME);
    ledger.fill(
        new Grants(customers, GRANTS_EACH),
        UsageTraffic.of(new Spread.Uniform(customers)),
        customers);
    IntFunction<String> constant = i -> "/health/live";
    IntFunction<String> balance =
        i -> "/v1/customers/" + UsageTraffic.customer(i % customers) + "/balance";
    try (TrialLedger.Running running = ledger.start()) {
      URI server = running.service().address();
      for (int round = 0; round <= bench.plan().longRounds(); round++) {
        double constants = perSecond(bench, load(bench, server, constant, NO_PAUSE));
        double balances = perSecond(bench, load(bench, server, balance, NO_PAUSE));
        if (round > 0) {
          bench.figure(NAME, "constant", "/s", constants);
          bench.figure(NAME, "balance", "/s", balances);
          bench.figure(NAME, "balance / constant", "", balances / constants);
          long every = (long) (TimeUnit.SECONDS.toNanos(1) * CONNECTIONS / (balances / 2));
          Histogram half = load(bench, server, balance, every);
          bench.figure(
              NAME, "balance at half load, p50", " ms", half.getValueAtPercentile(50) / 1e6);
          bench.figure(
              NAME, "balance at half load, p99", " ms", half.getValueAtPercentile(99) / 1e6);
        }
      }
    }
    ledger.delete();
  }

  private static double perSecond(Bench bench, Histogram answers) {
    return answers.getTotalCount() * 1e9 / time(bench).toNanos();
  }

  private static Duration time(Bench bench) {
    return Duration.ofSeconds(bench.plan().loadSeconds()).dividedBy(2);
  }

  private static Histogram load(Bench bench, URI server, IntFunction<String> paths, long everyNanos)
      throws InterruptedException {
    Duration time = time(bench);
    Histogram all = new Histogram(LONGEST_NANOS, 3);
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Callable<Histogram>> connections = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int number = i;
        connections.add(() -> connection(server, paths, everyNanos, time, number));
      }
      for (Future<Histogram> connection : threads.invokeAll(connections)) {
        all.add(connection.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the service did not answer", e.getCause());
    }
  }

  /** Asks again and again; with a pause between due times, latency counts from those. */
  private static Histogram connection(
      URI server, IntFunction<String> paths, long everyNanos, Duration time, int number)
      throws IOException {
    Histogram nanos = new Histogram(LONGEST_NANOS, 3);
    try (RawHttp http = new RawHttp(server)) {
      long start = System.nanoTime() + everyNanos * number / CONNECTIONS;
      for (int i = 0; System.nanoTime() - start < time.toNanos(); i++) {
        long due = everyNanos == NO_PAUSE ? System.nanoTime() : start + i * everyNanos;
        LockSupport.parkNanos(due - System.nanoTime());
        if (http.get(http.request(paths.apply(i * CONNECTIONS + number))) != OK) {
          throw new IOException("an answer other than 200");
        }
        nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - due));
      }
    }
    return nanos;
  }
}
