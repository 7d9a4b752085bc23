package io.creditledger.cli.audit;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.streams.checkpoint.CheckpointException;
import io.creditledger.streams.checkpoint.PublicKeyFile;
import io.creditledger.streams.checkpoint.Statement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies a statement. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Verifies a statement with the operator's public key, and without the ledger.")
final class StatementVerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The statement.")
  private Path file;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      required = true,
      defaultValue = "${env:LEDGER_CHECKPOINT_PUBLIC_KEY}",
      description = "The operator's public key, in PEM (LEDGER_CHECKPOINT_PUBLIC_KEY).")
  private Path publicKey;

  @Override
  public Integer call() {
    try {
      Statement.Verified verified =
          Statement.verify(Files.readAllBytes(file), PublicKeyFile.read(publicKey));
      print(verified);
      return ExitStatus.OK;
    } catch (CheckpointException altered) {
      throw CommandFailedException.failed("not proved: " + altered.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("the statement cannot be read from " + file, e);
    }
  }

  private void print(Statement.Verified verified) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "Proved: all "
            + verified.entries()
            + " entries of "
            + verified.customer()
            + " up to the checkpoint of "
            + verified.checkpoint().checkpoint().madeAt()
            + ", unaltered and in order.");
    verified.last().balance().ifPresent(balance -> out.println(text(balance)));
    out.println("Signed by " + verified.checkpoint().key() + ".");
    out.flush();
  }

  private static String text(UnitBalance balance) {
    return "After the last: "
        + balance.available()
        + " "
        + balance.unit()
        + " available, "
        + balance.held()
        + " held.";
  }
}
