package io.creditledger.cli;

import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.LogFile;
import io.creditledger.cli.stack.PostgresServer;
import io.creditledger.streams.FreePort;
import io.creditledger.streams.query.Readiness;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
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

  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private UpOptions options;

  @Override
  public Integer call() throws Exception {
    requireFreePorts();
    return StopSignal.during(
        STOP_LIMIT,
        () -> line(spec.commandLine().getErr(), "Not everything has stopped in time."),
        this::run);
  }

  private int run() {
    long begun = System.nanoTime();
    PrintWriter out = spec.commandLine().getOut();
    Path log = LogFile.in(options.data);
    line(out, "Starting Credit Ledger in " + log.getParent() + " …");
    try (DevStack stack = DevStack.start(options.settings(System.getenv()))) {
      print(out, stack, log);
      stack.awaitReady(READY_LIMIT);
      line(
          out,
          String.format(
              Locale.ROOT,
              "Ready after %.1f s. Stop with Ctrl-C.",
              (System.nanoTime() - begun) / 1e9));
      awaitFailure(stack);
      throw CommandFailedException.failed(
          "error: the ledger service has stopped by itself; " + log + " says why");
    } catch (InterruptedException toldToStop) {
      line(out, "Stopped.");
      return ExitStatus.OK;
    }
  }

  /** Said before anything starts, rather than ten seconds later. */
  private void requireFreePorts() {
    requireFree(options.port, "--port");
    requireFree(options.stripeSyncPort, "--stripe-sync-port");
    requireFree(options.stripeAdminPort, "--stripe-sync-admin-port");
  }

  private static void requireFree(int port, String option) {
    if (port != 0 && !FreePort.isFree(InetAddress.getLoopbackAddress(), port)) {
      throw CommandFailedException.failed(
          "error: something listens on port "
              + port
              + " already, perhaps another ledger: stop it, or choose another with "
              + option);
    }
  }

  /** The service stops by itself rather than be wrong; otherwise this waits to be interrupted. */
  private static void awaitFailure(DevStack stack) throws InterruptedException {
    while (stack.readiness().state() != Readiness.State.FAILED) {
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
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
    stack
        .stripe()
        .simulator()
        .ifPresent(
            simulator ->
                row(out, "Stripe", simulator.baseUri() + "  (simulated; no STRIPE_API_KEY)"));
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
