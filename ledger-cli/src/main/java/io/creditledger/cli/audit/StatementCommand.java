package io.creditledger.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Statements that prove themselves. */
@Command(
    name = "statement",
    mixinStandardHelpOptions = true,
    description = "A customer's journal in a file that proves itself, without the ledger.",
    subcommands = {StatementExportCommand.class, StatementVerifyCommand.class})
public final class StatementCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Picocli makes it. */
  public StatementCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
