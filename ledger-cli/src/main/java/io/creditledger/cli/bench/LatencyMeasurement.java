package io.creditledger.cli.bench;

import io.creditledger.cli.bench.rig.EventLoad;
import io.creditledger.cli.bench.rig.Grants;
import io.creditledger.cli.bench.rig.Preload;
import io.creditledger.cli.bench.rig.Spread;
import io.creditledger.cli.bench.rig.TrialLedger;
import io.creditledger.cli.bench.rig.UsageTraffic;
import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.Topics;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.query.LedgerAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How long it takes under load: event to journal, event to balance, reservation to decision. The
 * load does not wait, and every latency counts from when its event was due.
 */
final class LatencyMeasurement implements Measurement {

  private static final String NAME = "latency";
  private static final int GRANTS_EACH = 3;
  private static final int RESERVATIONS_PER_SECOND = 50;
  private static final long PROBE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Late by so much at most; what looking takes is taken from the ledger that is measured. */
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final List<Integer> PERCENT_OF_PACE = List.of(50, 80);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "event to journal and to balance, reservation to decision, at 50 % and 80 % of the pace";
  }

  @Override
  public void run(Bench bench) throws InterruptedException {
    int customers = bench.plan().sideCustomers();
    TrialLedger ledger = TrialLedger.named(bench.broker(), bench.directory(), NAME);
    ledger.fund(new Grants(customers, GRANTS_EACH));
    OptionalDouble measured = bench.median(ThroughputMeasurement.UNIFORM);
    double pace = measured.isPresent() ? measured.getAsDouble() : pace(bench, ledger);
    bench.figure(NAME, "the pace that the load is a share of", "/s", pace);
    try (TrialLedger.Running running = ledger.start();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      if (bench.plan().longRounds() > 1) {
        bench.tell(NAME + ": a load that does not count, to warm up");
        int percent = PERCENT_OF_PACE.getFirst();
        var unused = underLoad(bench, ledger, running, threads, pace, percent, 0);
      }
      for (int round = 1; round <= bench.plan().longRounds(); round++) {
        for (int percent : PERCENT_OF_PACE) {
          tell(bench, percent, underLoad(bench, ledger, running, threads, pace, percent, round));
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load could not be measured", e.getCause());
    }
    ledger.delete();
  }

  /** Its own, where the ledger's throughput is not measured in the same run. */
  private static double pace(Bench bench, TrialLedger ledger) throws InterruptedException {
    UsageTraffic traffic = UsageTraffic.of(new Spread.Uniform(bench.plan().sideCustomers()));
    ledger.workOff(traffic, bench.plan().events());
    return ledger.workOff(traffic, bench.plan().events()).perSecond();
  }

  /** What one load found, from due. */
  private record Latencies(Histogram journal, Histogram balance, LoadResult reservation) {}

  /** Loads the ledger, and returns once it has worked that off. */
  private static Latencies underLoad(
      Bench bench,
      TrialLedger ledger,
      TrialLedger.Running running,
      ExecutorService threads,
      double pace,
      int percent,
      int round)
      throws InterruptedException, ExecutionException {
    Duration time = Duration.ofSeconds(bench.plan().loadSeconds());
    EventLoad load =
        new EventLoad(
            bench.broker().connection(), (int) (pace * percent / 100), time.dividedBy(2), time);
    Map<TopicPartition, Long> from = bench.broker().ends(List.of(ledger.topic(Topics.ENTRIES)));
    UsageTraffic traffic = UsageTraffic.of(new Spread.AllButFirst(bench.plan().sideCustomers()));
    String usage = ledger.topic(Topics.USAGE_EVENTS);
    Future<Histogram> journal = threads.submit(() -> load.read(from));
    Future<?> published = threads.submit(() -> load.publish(usage, traffic));
    Future<Histogram> balance =
        threads.submit(() -> probe(bench, running.service().ledger(), usage, load));
    Future<LoadResult> reserved =
        threads.submit(() -> reserve(bench, running, load, percent + "-" + round));
    published.get();
    Latencies found = new Latencies(journal.get(), balance.get(), reserved.get());
    running.drain();
    return found;
  }

  private static void tell(Bench bench, int percent, Latencies found) {
    tell(bench, "event to journal, %d %%".formatted(percent), found.journal());
    tell(bench, "event to balance, %d %%".formatted(percent), found.balance());
    String reservation = "reservation, %d %%".formatted(percent);
    bench.figure(NAME, reservation + ", p50", " ms", found.reservation().millisAt(50));
    bench.figure(NAME, reservation + ", p99", " ms", found.reservation().millisAt(99));
  }

  private static void tell(Bench bench, String what, Histogram nanos) {
    bench.figure(NAME, what + ", p50", " ms", nanos.getValueAtPercentile(50) / 1e6);
    bench.figure(NAME, what + ", p99", " ms", nanos.getValueAtPercentile(99) / 1e6);
  }

  /** Publishes a customer's usage when it is due, and looks when the committed balance has it. */
  private static Histogram probe(Bench bench, LedgerAccess ledger, String usage, EventLoad load) {
    Histogram nanos = new Histogram(LONGEST_NANOS, 3);
    UsageTraffic traffic = UsageTraffic.of(new Spread.OneCustomer(0));
    CustomerId customer = new CustomerId(UsageTraffic.customer(0));
    long count = (load.ends() - load.countsFrom()) / PROBE_EVERY_NANOS;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Preload.promptly(bench.broker().connection()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long before = ledger.account(customer, Consistency.COMMITTED).sequence();
      long sent = 0;
      for (long shown = 0; shown < count; ) {
        for (; sent < count && dueAt(load, sent) <= System.nanoTime(); sent++) {
          var unused = producer.send(traffic.next(usage));
        }
        long visible = ledger.account(customer, Consistency.COMMITTED).sequence() - before;
        long now = System.nanoTime();
        for (; shown < visible; shown++) {
          nanos.recordValue(Math.min(LONGEST_NANOS, now - dueAt(load, shown)));
        }
        if (now - load.ends() > LONGEST_NANOS) {
          throw new IllegalStateException(
              "the balance shows %,d of %,d usages".formatted(shown, count));
        }
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }
    }
    return nanos;
  }

  private static long dueAt(EventLoad load, long probe) {
    return load.countsFrom() + probe * PROBE_EVERY_NANOS;
  }

  private static LoadResult reserve(
      Bench bench, TrialLedger.Running running, EventLoad load, String run)
      throws InterruptedException {
    LockSupport.parkNanos(load.countsFrom() - System.nanoTime());
    Duration time = Duration.ofNanos(load.ends() - load.countsFrom());
    LoadPlan plan = new LoadPlan(RESERVATIONS_PER_SECOND, Duration.ZERO, time);
    try (BenchLedger ledger = BenchLedger.at(running.service().address())) {
      return LoadGenerator.run(
          plan,
          i ->
              ledger.post(
                  "/v1/reservations",
                  """
                  {"id":"r-%s-%d","customer":"%s","credits":"1"}"""
                      .formatted(
                          run,
                          i,
                          UsageTraffic.customer(
                              1 + (int) (i % (bench.plan().sideCustomers() - 1))))));
    }
  }
}
