package io.creditledger.cli.audit;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.streams.audit.AuditException;
import io.creditledger.streams.audit.StatementExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a statement. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Writes a customer's journal up to the last checkpoint, with its proof.")
final class StatementExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(paramLabel = "CUSTOMER", description = "Whose.")
  private String customer;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it; default CUSTOMER.statement.")
  private Optional<Path> file = Optional.empty();

  @Override
  public Integer call() {
    Path to = file.orElseGet(() -> Path.of(customer.replace('/', '_') + ".statement"));
    try {
      StatementExport.Exported exported =
          StatementExport.of(kafka.connection(), kafka.topics(), customer);
      Files.write(to, exported.file());
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          exported.entries()
              + " entries of "
              + customer
              + ", up to the checkpoint of "
              + exported.checkpoint().checkpoint().madeAt()
              + ", are in "
              + to
              + ".");
      out.flush();
      return ExitStatus.OK;
    } catch (AuditException | IllegalArgumentException told) {
      throw CommandFailedException.failed("error: " + told.getMessage());
    } catch (KafkaException unreachable) {
      throw CommandFailedException.unreachable(
          "error: Kafka cannot be read: " + unreachable.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("the statement cannot be written to " + to, e);
    }
  }
}
