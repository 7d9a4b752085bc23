package io.creditledger.cli.replay;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What was rejected. */
@Command(
    name = "rejections",
    mixinStandardHelpOptions = true,
    description = "Shows what the ledger rejected, and sends it again, corrected or as it is.",
    subcommands = {RejectionsListCommand.class, RejectionsRetryCommand.class})
public final class RejectionsCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Picocli makes it. */
  public RejectionsCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
