package io.creditledger.stripe.reconcile;

import io.creditledger.stripe.reconcile.Reconciliation.Mode;
import io.creditledger.stripe.reconcile.RunRows.Ended;
import io.creditledger.stripe.rules.ReconcileRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Comparisons, one at a time, each in the background; the last few reports are kept. */
final class Runs implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
  private static final int KEPT = 5;
  private static final Duration ROWS_KEPT = Duration.ofDays(90);
  private static final Duration RETRY_MAX = Duration.ofHours(1);

  private final Reconciliation reconciliation;
  private final RunRows rows;
  private final ReconcileRule rule;
  private final Clock clock;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("reconcile").factory());
  private final Map<Long, CompletableFuture<Report>> reports = new ConcurrentSkipListMap<>();

  Runs(Reconciliation reconciliation, RunRows rows, ReconcileRule rule, Clock clock) {
    this.reconciliation = reconciliation;
    this.rows = rows;
    this.rule = rule;
    this.clock = clock;
  }

  /** Begins a comparison, after those that were begun before; its number. */
  long begin(Optional<Instant> from, Optional<Instant> to, Mode mode) {
    long run = rows.begin(clock.instant());
    submit(run, from, to, mode);
    return run;
  }

  /** Begins the scheduled one, if its time has come. */
  void beginScheduled() {
    if (rule.every().isZero()) {
      return;
    }
    Instant now = clock.instant();
    Duration retry = rule.every().compareTo(RETRY_MAX) < 0 ? rule.every() : RETRY_MAX;
    OptionalLong run = rows.beginScheduled(now, rule.every(), retry);
    if (run.isPresent()) {
      rows.forget(now.minus(ROWS_KEPT));
      submit(run.getAsLong(), Optional.empty(), Optional.empty(), Mode.COMPARE);
    }
  }

  private void submit(long run, Optional<Instant> from, Optional<Instant> to, Mode mode) {
    CompletableFuture<Report> report = new CompletableFuture<>();
    reports.put(run, report);
    executor.execute(() -> run(run, from, to, mode, report));
    reports.keySet().stream()
        .limit(Math.max(0, reports.size() - KEPT))
        .filter(old -> reports.get(old).isDone())
        .toList()
        .forEach(reports::remove);
  }

  private void run(
      long run,
      Optional<Instant> from,
      Optional<Instant> to,
      Mode mode,
      CompletableFuture<Report> report) {
    try {
      Instant until = to.orElseGet(clock::instant);
      Report found =
          reconciliation.run(from.orElseGet(() -> until.minus(rule.over())), until, mode);
      String summary = ReportJson.summary(found).toString();
      rows.end(run, new Ended(clock.instant(), Optional.of(summary), ""));
      if (found.unexplained() > 0) {
        LOG.warn("the books differ and nobody knows why: {}", summary);
      }
      report.complete(found);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      report.completeExceptionally(new UnreadableException("stripe-sync stops"));
    } catch (RuntimeException failed) {
      LOG.warn("comparison {} failed", run, failed);
      report.completeExceptionally(failed);
      rows.end(
          run, new Ended(clock.instant(), Optional.empty(), String.valueOf(failed.getMessage())));
    }
  }

  /** A comparison's report, or what becomes of it; empty if there is no such comparison here. */
  Optional<CompletableFuture<Report>> report(long run) {
    return Optional.ofNullable(reports.get(run));
  }

  /** Interrupts the comparison under way. */
  @Override
  public void close() {
    executor.shutdownNow();
    executor.close();
  }
}
