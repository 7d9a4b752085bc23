package io.creditledger.cli.demo;

import io.creditledger.cli.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far it is: a bar that moves where a person looks on, and otherwise a plain line now and then.
 */
final class ProgressLine implements AutoCloseable {

  private static final Duration LINE_EVERY = Duration.ofSeconds(2);

  private final PrintWriter out;
  private final Optional<ProgressBar> bar;
  private final long total;
  private final long begun = System.nanoTime();
  private long lastLine = begun;
  private long lastDecided;

  ProgressLine(PrintWriter out, long total) {
    this.out = out;
    this.total = total;
    this.bar =
        Terminal.interactive()
            ? Optional.of(
                new ProgressBarBuilder()
                    .setTaskName("  decided")
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(200)
                    .hideEta()
                    .build())
            : Optional.empty();
  }

  /** Tells how much has been published and decided by now. */
  void at(long published, long decided) {
    bar.ifPresentOrElse(
        moving -> {
          moving.stepTo(decided);
          moving.setExtraMessage(
              String.format(
                  Locale.ROOT, "%,d/s, %,d behind", rate(begun, 0, decided), published - decided));
        },
        () -> {
          if (System.nanoTime() - lastLine >= LINE_EVERY.toNanos()) {
            print(published, decided);
          }
        });
  }

  private void print(long published, long decided) {
    out.println(
        String.format(
            Locale.ROOT,
            "  %,9d of %,d decided  %,7d/s  %,7d behind",
            decided,
            total,
            rate(lastLine, lastDecided, decided),
            published - decided));
    out.flush();
    lastLine = System.nanoTime();
    lastDecided = decided;
  }

  private static long rate(long since, long from, long to) {
    long nanos = Math.max(1, System.nanoTime() - since);
    return (to - from) * 1_000_000_000L / nanos;
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
