package io.creditledger.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The keys that checkpoints are signed with. */
@Command(
    name = "checkpoint",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the key that checkpoints are signed with, and lists the checkpoints there are.",
      "./ledger audit --sign makes them."
    },
    subcommands = {CheckpointKeyCommand.class, CheckpointListCommand.class})
public final class CheckpointCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Picocli makes it. */
  public CheckpointCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
