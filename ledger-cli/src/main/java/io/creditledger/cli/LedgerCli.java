package io.creditledger.cli;

import io.creditledger.cli.client.BalanceCommand;
import io.creditledger.cli.client.CatalogCommand;
import io.creditledger.cli.client.EntriesCommand;
import io.creditledger.cli.client.GrantCommand;
import io.creditledger.cli.client.GrantsCommand;
import io.creditledger.cli.client.ImportCommand;
import io.creditledger.cli.client.UsageCommand;
import io.creditledger.cli.client.VoidCommand;
import io.creditledger.cli.client.WebhooksCommand;
import io.creditledger.cli.stripe.StripeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The root of {@code ./ledger}. Exit status 0 is success, 1 a command that ran and was refused or
 * failed, 2 a command line that could not be understood, 3 a ledger that could not be reached.
 */
@Command(
    name = "ledger",
    description = "Credit Ledger: prepaid credits, granted, burned and proved on Kafka.",
    mixinStandardHelpOptions = true,
    version = "Credit Ledger 0.1.0-SNAPSHOT",
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      ScenarioCommand.class,
      BalanceCommand.class,
      GrantsCommand.class,
      EntriesCommand.class,
      GrantCommand.class,
      VoidCommand.class,
      UsageCommand.class,
      CatalogCommand.class,
      ImportCommand.class,
      WebhooksCommand.class,
      StripeCommand.class
    })
public final class LedgerCli implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs the command line given and ends the JVM with its exit status. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, for callers in this process. */
  public static CommandLine commandLine() {
    return new CommandLine(new LedgerCli())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new Failures());
  }

  /** Without a subcommand there is nothing to do but to say what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
