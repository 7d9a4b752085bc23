package io.creditledger.cli.audit;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.streams.checkpoint.CheckpointException;
import io.creditledger.streams.checkpoint.SigningKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes an Ed25519 key: the private one in FILE, the public one in FILE.pub.")
final class CheckpointKeyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Where to write it; not there yet.")
  private Path file;

  @Override
  public Integer call() {
    try {
      SigningKey key = SigningKey.make(file);
      PrintWriter out = spec.commandLine().getOut();
      out.println("The private key is in " + file + ", which only you can read.");
      out.println("The public key is in " + file + ".pub, for whoever verifies.");
      out.println("Fingerprint: " + key.publicKey().fingerprint());
      out.flush();
      return ExitStatus.OK;
    } catch (CheckpointException told) {
      throw CommandFailedException.failed("error: " + told.getMessage());
    }
  }
}
