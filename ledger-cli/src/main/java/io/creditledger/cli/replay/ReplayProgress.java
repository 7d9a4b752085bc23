package io.creditledger.cli.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells every few seconds how far a replay is, until it is closed. */
final class ReplayProgress implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(5);

  private final PrintWriter err;
  private final LongSupplier inputs;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  ReplayProgress(PrintWriter err, LongSupplier inputs) {
    this.err = err;
    this.inputs = inputs;
    var unused =
        timer.scheduleAtFixedRate(
            this::tell, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tell() {
    err.println(String.format(Locale.ROOT, "  %,d inputs replayed", inputs.getAsLong()));
    err.flush();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
