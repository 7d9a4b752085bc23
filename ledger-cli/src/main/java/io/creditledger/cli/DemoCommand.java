package io.creditledger.cli;

import io.creditledger.cli.demo.Demo;
import io.creditledger.cli.demo.DemoSettings;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.LogFile;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.cli.stack.TemporaryDirectory;
import io.creditledger.cli.stripedemo.StripeDemo;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows a ledger at work on a fresh stack, and proves its books. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a fresh ledger, sells credits, and proves that every one is accounted for.",
      "200 customers of an AI agent burn them with usage, of which 5 %% is delivered twice."
    })
final class DemoCommand implements Callable<Integer> {

  private static final Duration READY_LIMIT = Duration.ofMinutes(2);

  @Spec private CommandSpec spec;

  @Option(
      names = "--trace",
      paramLabel = "FILE.csv",
      description =
          "Play real requests: a CSV file with TIMESTAMP, ContextTokens and GeneratedTokens.")
  private Optional<Path> trace = Optional.empty();

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Usage events to generate; default 200000.")
  private int events;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed, other events; default 1.")
  private long seed;

  @Option(
      names = "--stripe",
      description =
          "Another story: one customer's month with a simulated Stripe, from the first payment to"
              + " the invoice with the overage.")
  private boolean stripe;

  @Option(names = "--keep", description = "Keep the data, to look around in it afterwards.")
  private boolean keep;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "When to give up; default 600.")
  private int limitSeconds;

  @Override
  public Integer call() throws InterruptedException {
    if (events < 1) {
      throw new ParameterException(spec.commandLine(), "--events is below 1: " + events);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (TemporaryDirectory directory = TemporaryDirectory.of("demo")) {
      Path log = LogFile.in(directory.path());
      boolean proved = false;
      try {
        proved = run(out, directory.path());
      } finally {
        if (keep || !proved) {
          directory.keep();
          DevStack.forgetKafkaPort(directory.path());
          line(out, "The data is in " + directory.path() + ", the log in " + log + ".");
        }
      }
      lookNext(out, directory.path());
      return proved ? ExitStatus.OK : ExitStatus.FAILED;
    }
  }

  private boolean run(PrintWriter out, Path directory) throws InterruptedException {
    long begun = System.nanoTime();
    if (stripe) {
      return StripeDemo.run(directory, out);
    }
    line(out, "Starting Kafka and the ledger …");
    try (DevStack stack = DevStack.start(StackSettings.trial(directory))) {
      stack.awaitReady(READY_LIMIT);
      line(
          out,
          String.format(
              Locale.ROOT,
              "Kafka at %s, REST at %s, after %.1f s.",
              stack.bootstrapServers(),
              stack.address(),
              (System.nanoTime() - begun) / 1e9));
      return Demo.run(
          new DemoSettings(trace, events, seed, Duration.ofSeconds(limitSeconds)), stack, out);
    }
  }

  private void lookNext(PrintWriter out, Path directory) {
    Table table = Table.of("Where to look next", "");
    if (keep) {
      table.row("  ./ledger up --data " + directory, "this ledger again; then, beside it:");
      String customer = stripe ? StripeDemo.CUSTOMER : "cus_001";
      table.row("  ./ledger balance " + customer, "a balance, grant by grant");
      table.row("  ./ledger entries " + customer, "why it is what it is");
      table.row("  ./ledger audit", "the proof of all of it, from the log alone");
    } else {
      table.row("  ./ledger demo --keep", "the same, and the data stays to look around in");
      table.row("  ./ledger up", "a ledger of your own, with its API page at /docs");
    }
    table.row("  ./ledger scenario docs/scenarios/*", "the rules as worked examples");
    table.row("  docs/model.md", "the rules themselves");
    line(out, "");
    table.print(out, "");
    out.flush();
  }

  private static void line(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
