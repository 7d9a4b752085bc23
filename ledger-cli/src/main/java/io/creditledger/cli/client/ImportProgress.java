package io.creditledger.cli.client;

import io.creditledger.cli.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far an import is: a bar where a person looks on, and otherwise a line now and then. */
final class ImportProgress implements AutoCloseable {

  private static final Duration LINE_EVERY = Duration.ofSeconds(2);

  private final PrintWriter err;
  private final long total;
  private final Optional<ProgressBar> bar;
  private long lineAt = System.nanoTime();

  ImportProgress(PrintWriter err, long total) {
    this.err = err;
    this.total = total;
    this.bar =
        Terminal.interactive()
            ? Optional.of(
                new ProgressBarBuilder()
                    .setTaskName("imported")
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(200)
                    .showSpeed()
                    .build())
            : Optional.empty();
  }

  /** Tells how far it is by now. */
  void at(ImportTally tally) {
    if (bar.isPresent()) {
      bar.get().stepTo(tally.lines());
    } else if (System.nanoTime() - lineAt >= LINE_EVERY.toNanos()) {
      err.println(
          String.format(Locale.ROOT, "%,d of %,d lines: ", tally.lines(), total) + tally.counts());
      err.flush();
      lineAt = System.nanoTime();
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
