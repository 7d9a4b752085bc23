package io.creditledger.cli;

import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.LogFile;
import io.creditledger.cli.stack.PostgresServer;
import io.creditledger.streams.query.Readiness;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a ledger until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a ledger here until Ctrl-C: Kafka, PostgreSQL, REST service, data kept in a directory.",
      "With --kafka it runs the same service on brokers that run elsewhere."
    })
final class UpCommand implements Callable<Integer> {

  /** A store of millions of customers takes a while to be restored after a kill. */
  private static final Duration READY_LIMIT = Duration.ofMinutes(30);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private UpOptions options;

  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public Integer call() throws InterruptedException {
    long begun = System.nanoTime();
    PrintWriter out = spec.commandLine().getOut();
    Path log = LogFile.in(options.data);
    line(out, "Starting Credit Ledger in " + log.getParent() + " …");
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    try (DevStack stack = DevStack.start(options.settings(System.getenv()))) {
      print(out, stack, log);
      stack.awaitReady(READY_LIMIT);
      line(
          out,
          String.format(
              Locale.ROOT,
              "Ready after %.1f s. Stop with Ctrl-C.",
              (System.nanoTime() - begun) / 1e9));
      return run(out, stack, log);
    } finally {
      stopped.countDown();
    }
  }

  /** Waits to be told to stop; the service may also stop by itself, rather than be wrong. */
  private int run(PrintWriter out, DevStack stack, Path log) throws InterruptedException {
    while (!told.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      if (stack.readiness().state() == Readiness.State.FAILED) {
        throw CommandFailedException.failed(
            "error: the ledger service has stopped by itself; " + log + " says why");
      }
    }
    line(out, "Stopping …");
    return ExitStatus.OK;
  }

  /** Runs when the JVM is asked to end, which waits for this to return. */
  private void stop() {
    told.countDown();
    try {
      if (stopped.await(1, TimeUnit.MINUTES)) {
        spec.commandLine().getOut().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(PrintWriter out, DevStack stack, Path log) {
    String address = stack.address().toString();
    line(out, "");
    row(out, "Kafka", stack.bootstrapServers() + (options.kafka.isEmpty() ? "  (embedded)" : ""));
    if (!options.postgres.isEmpty()) {
      row(out, "PostgreSQL", PostgresServer.shown(options.postgres));
    } else if (options.kafka.isEmpty()) {
      row(
          out,
          "PostgreSQL",
          stack.postgres().jdbcUrl().isDone()
              ? stack.postgres().jdbcUrl().getNow("") + "  (embedded)"
              : "starting  (embedded; its address will stand in the log)");
    }
    row(out, "REST", address);
    row(out, "API page", address + "/docs");
    row(out, "Metrics", address + "/metrics");
    row(out, "Data", stack.directory().toString());
    row(out, "Log", log.toString());
    line(out, "");
  }

  private static void row(PrintWriter out, String what, String where) {
    line(out, String.format(Locale.ROOT, "  %-11s %s", what, where));
  }

  private static void line(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
