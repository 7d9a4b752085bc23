package io.creditledger.cli.audit;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.streams.audit.Audit;
import io.creditledger.streams.audit.AuditException;
import io.creditledger.streams.audit.AuditReport;
import io.creditledger.streams.audit.AuditScope;
import io.creditledger.streams.audit.AuditSettings;
import io.creditledger.streams.audit.CheckpointTopic;
import io.creditledger.streams.audit.Fence;
import io.creditledger.streams.audit.LiveStates;
import io.creditledger.streams.audit.PlainConsumer;
import io.creditledger.streams.checkpoint.CheckpointException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proves a ledger from its topics. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Proves that every decision in the journal follows from the log, and nothing is lost or double.",
      "Exit status 0: everything holds; 1: something does not, and the first such place is named."
    })
public final class AuditCommand implements Callable<Integer> {

  /** No plain consumer is read for longer, to tell its rate. */
  private static final Duration PLAIN_LIMIT = Duration.ofSeconds(20);

  /** Holds the service's key, which is never an option: other users of a machine see those. */
  private static final String KEY_VARIABLE = "LEDGER_API_KEY";

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private SigningOptions signing;
  @Mixin private BesideOptions beside;

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = "${env:LEDGER_APPLICATION_ID:-credit-ledger}",
      description = "What the service's instances share; default credit-ledger.")
  private String applicationId;

  @Option(
      names = "--customer",
      paramLabel = "CUSTOMER",
      description = "Derive this customer's decisions only; as often as needed.")
  private Set<String> customers = Set.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Take what was recorded before as the journal has it, and derive from then on.")
  private Optional<Instant> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description =
          "End before what was recorded then; the stores, which are later, are not compared.")
  private Optional<Instant> to = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the whole report to a file.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Partitions proved at the same time; default one for each core.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:LEDGER_URL:-http://127.0.0.1:8400}",
      description =
          "The service whose stores are compared; default http://127.0.0.1:8400 (LEDGER_URL). Its"
              + " API key, if it has one, comes from LEDGER_API_KEY.")
  private URI url;

  @Option(
      names = "--no-stores",
      description = "Prove the topics alone, without the running service's stores.")
  private boolean topicsOnly;

  @Option(
      names = "--no-comparison",
      description = "Do not measure a plain consumer beside it, before and after.")
  private boolean alone;

  /** Picocli makes it. */
  public AuditCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try {
      return run() ? ExitStatus.OK : ExitStatus.FAILED;
    } catch (AuditException | CheckpointException told) {
      String message = "error: " + told.getMessage();
      throw told.getCause() instanceof KafkaException
          ? CommandFailedException.unreachable(message)
          : CommandFailedException.failed(message);
    } catch (KafkaException unreachable) {
      throw CommandFailedException.unreachable(
          "error: Kafka cannot be read: " + unreachable.getMessage());
    }
  }

  private boolean run() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    AuditScope scope = new AuditScope(customers, from.orElse(Instant.MIN), to.orElse(Instant.MAX));
    if (signing.signs() && !scope.equals(AuditScope.ALL)) {
      throw new ParameterException(
          spec.commandLine(), "--sign signs for everything: leave out --customer, --from and --to");
    }
    if (topicsOnly || to.isPresent()) {
      return run(out, scope, Optional.empty());
    }
    try (LedgerClient service =
        new LedgerClient(
            url, Optional.ofNullable(System.getenv(KEY_VARIABLE)).filter(key -> !key.isBlank()))) {
      return run(out, scope, Optional.of(new RestStates(service)));
    }
  }

  private boolean run(PrintWriter out, AuditScope scope, Optional<LiveStates> stores)
      throws InterruptedException {
    AuditSettings settings =
        new AuditSettings(
            kafka.connection(),
            kafka.topics(),
            applicationId,
            scope,
            signing.since(),
            Math.max(1, threads),
            stores);
    try (Audit audit = new Audit(settings)) {
      out.println("Proving what was committed until now …");
      out.flush();
      Fence fence = audit.fence();
      Optional<PlainConsumer> cold = alone ? Optional.empty() : Optional.of(plain(fence));
      boolean holds = once(audit, fence, cold, out);
      while (holds && signing.again()) {
        out.println("Proving what came since …");
        holds = once(audit, audit.fence(), Optional.empty(), out);
      }
      return holds;
    }
  }

  private PlainConsumer plain(Fence fence) {
    return PlainConsumer.measure(kafka.connection(), fence, PLAIN_LIMIT);
  }

  private boolean once(Audit audit, Fence fence, Optional<PlainConsumer> cold, PrintWriter out)
      throws InterruptedException {
    PeakMemory memory = PeakMemory.watch();
    AuditReport report;
    try (memory) {
      report = proved(audit, fence, out);
    }
    Optional<PlainRates> plain = cold.map(before -> new PlainRates(before, plain(fence)));
    new AuditText(out).print(report, plain, memory.bytes());
    json.ifPresent(
        file -> {
          AuditJson.write(file, report, plain, memory.bytes());
          out.println("The whole report is in " + file + ".");
        });
    if (report.holds()) {
      signing.sign(audit, new CheckpointTopic(kafka.connection(), kafka.topics()), out);
    }
    out.flush();
    return report.holds();
  }

  private AuditReport proved(Audit audit, Fence fence, PrintWriter out)
      throws InterruptedException {
    AuditReport report;
    AuditProgress progress = new AuditProgress(out, audit, fence.inputs(kafka.topics()));
    try (progress) {
      report = audit.run(fence);
    }
    return beside.with(report, kafka, out);
  }
}
