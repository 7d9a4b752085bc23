package io.creditledger.cli.audit;

import io.creditledger.cli.Terminal;
import io.creditledger.streams.audit.Audit;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells how far an audit is, from a thread of its own, until it is closed. */
final class AuditProgress implements AutoCloseable {

  private static final Duration BAR_EVERY = Duration.ofMillis(200);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final PrintWriter out;
  private final Audit audit;
  private final long total;
  private final long begun = System.nanoTime();
  private final Optional<ProgressBar> bar;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /** Begins to tell of an audit that will look at so many inputs, or somewhat less. */
  AuditProgress(PrintWriter out, Audit audit, long total) {
    this.out = out;
    this.audit = audit;
    this.total = total;
    this.bar =
        Terminal.interactive()
            ? Optional.of(
                new ProgressBarBuilder()
                    .setTaskName("  proved")
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .build())
            : Optional.empty();
    Duration every = bar.isPresent() ? BAR_EVERY : LINE_EVERY;
    var unused =
        timer.scheduleAtFixedRate(
            this::tell, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tell() {
    long proved = audit.counts().inputs();
    bar.ifPresentOrElse(
        moving -> moving.stepTo(proved),
        () -> {
          long perSecond = proved * 1_000_000_000L / Math.max(1, System.nanoTime() - begun);
          out.println(
              String.format(
                  Locale.ROOT, "  %,9d of %,d inputs proved  %,7d/s", proved, total, perSecond));
          out.flush();
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
    bar.ifPresent(ProgressBar::close);
  }
}
