package io.creditledger.cli.replay;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.audit.KafkaOptions;
import io.creditledger.cli.stack.TemporaryDirectory;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.yaml.YamlException;
import io.creditledger.streams.replay.OtherRules;
import io.creditledger.streams.replay.Replay;
import io.creditledger.streams.replay.ReplayException;
import io.creditledger.streams.replay.ReplayReport;
import io.creditledger.streams.replay.ReplaySettings;
import io.creditledger.streams.replay.WhatIfReplay;
import io.creditledger.streams.replay.WhatIfReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replays a ledger's history. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lives through the ledger's history again, in the journal's order.",
      "With --into it does so in a shadow of the ledger, into topics and stores of its own under a"
          + " prefix, and compares journal and state with the live ones. Nothing else can come of"
          + " it: the shadow has no timers, tells of no alerts and knows no Stripe.",
      "With --catalog or --policy it decides the same inputs by other rules, in memory, and says"
          + " what would differ for each customer.",
      "Exit status 0: done, and no byte differs; 1: something differs, or it failed."
    })
public final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = "${env:LEDGER_APPLICATION_ID:-credit-ledger}",
      description = "What the service's instances share; default credit-ledger.")
  private String applicationId;

  @Option(
      names = "--into",
      paramLabel = "PREFIX",
      description = "The prefix of the shadow's topics, such as replay-1-; none may be there yet.")
  private Optional<String> into = Optional.empty();

  @Option(names = "--remove", description = "Remove the shadow's topics once they are compared.")
  private boolean remove;

  @Option(
      names = "--discard",
      paramLabel = "PREFIX",
      description = "Only remove what an earlier replay left under that prefix.")
  private Optional<String> discard = Optional.empty();

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "Decide by this catalog in place of all that were in force.")
  private Optional<Path> catalog = Optional.empty();

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description =
          "Decide by this overdraft policy (${COMPLETION-CANDIDATES}) in place of the catalog's and"
              + " the meters'; customers with one of their own keep it.")
  private Optional<Overdraft> policy = Optional.empty();

  @Option(
      names = "--customer",
      paramLabel = "CUSTOMER",
      description = "With --catalog or --policy: of this customer only; as often as needed.")
  private Set<String> customers = Set.of();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "End before the first input that was recorded later; default now.")
  private Optional<Instant> until = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Partitions replayed at the same time; default one for each core.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** Picocli makes it. */
  public ReplayCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    check();
    try {
      if (discard.isPresent()) {
        return discarded(discard.get());
      }
      return into.isPresent() ? shadow(into.get()) : otherwise();
    } catch (ReplayException told) {
      throw CommandFailedException.failed("error: " + told.getMessage());
    } catch (KafkaException unreachable) {
      throw CommandFailedException.unreachable(
          "error: Kafka cannot be used: " + unreachable.getMessage());
    }
  }

  private void check() {
    boolean rules = catalog.isPresent() || policy.isPresent();
    int asked = (into.isPresent() ? 1 : 0) + (discard.isPresent() ? 1 : 0) + (rules ? 1 : 0);
    if (asked != 1) {
      throw misused(
          "Say one of: --into PREFIX; --catalog FILE, --policy POLICY or both; --discard PREFIX.");
    }
    if (!rules && !customers.isEmpty()) {
      throw misused("--customer goes with --catalog or --policy: a shadow has all customers.");
    }
    if (remove && into.isEmpty()) {
      throw misused("--remove goes with --into; --discard PREFIX removes an earlier replay.");
    }
    if (threads < 1) {
      throw misused("--threads is below 1: " + threads);
    }
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private ReplaySettings settings(String prefix, Path stateDir) {
    return new ReplaySettings(
        kafka.connection(),
        kafka.topics(),
        applicationId,
        prefix,
        until.orElse(Instant.MAX),
        stateDir,
        threads);
  }

  private int discarded(String prefix) throws InterruptedException {
    Set<String> topics = new Replay(settings(prefix, Path.of("."))).discard();
    err().println("Removed " + String.join(", ", topics));
    err().flush();
    return ExitStatus.OK;
  }

  private int shadow(String prefix) throws InterruptedException {
    try (TemporaryDirectory directory = TemporaryDirectory.of("replay")) {
      Replay replay = new Replay(settings(prefix, directory.path()));
      ReplayReport report;
      ReplayProgress progress = new ReplayProgress(err(), replay::inputs);
      try (progress) {
        report = replay.run();
      }
      if (json) {
        ReplayJson.print(out(), prefix, report);
      } else {
        ReplayText.print(out(), prefix, report);
      }
      if (remove) {
        replay.discard();
      }
      return report.equal() ? ExitStatus.OK : ExitStatus.FAILED;
    }
  }

  private int otherwise() throws InterruptedException {
    OtherRules rules =
        new OtherRules(catalog.map(ReplayCommand::read), policy.map(OverdraftPolicy::of));
    WhatIfReplay replay =
        new WhatIfReplay(
            new WhatIfReplay.Source(
                kafka.connection(),
                kafka.topics(),
                applicationId,
                customers.stream().map(CustomerId::new).collect(Collectors.toSet()),
                until.orElse(Instant.MAX),
                threads),
            rules);
    WhatIfReport report;
    ReplayProgress progress = new ReplayProgress(err(), replay::inputs);
    try (progress) {
      report = replay.run(Clock.systemUTC().instant());
    }
    if (json) {
      ReplayJson.print(out(), report);
    } else {
      WhatIfText.print(out(), report);
    }
    return ExitStatus.OK;
  }

  private static Catalog read(Path file) {
    try {
      return CatalogYaml.parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (YamlException e) {
      throw CommandFailedException.failed("error: " + e.getMessage());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
