package io.creditledger.cli;

import io.creditledger.cli.audit.AuditCommand;
import io.creditledger.cli.audit.CheckpointCommand;
import io.creditledger.cli.audit.StatementCommand;
import io.creditledger.cli.bench.BenchCommand;
import io.creditledger.cli.client.AdjustCommand;
import io.creditledger.cli.client.BalanceCommand;
import io.creditledger.cli.client.CancelCommand;
import io.creditledger.cli.client.CatalogCommand;
import io.creditledger.cli.client.ConfirmCommand;
import io.creditledger.cli.client.ConsumptionCommand;
import io.creditledger.cli.client.DebitCommand;
import io.creditledger.cli.client.EntitlementCommand;
import io.creditledger.cli.client.EntriesCommand;
import io.creditledger.cli.client.ExplainCommand;
import io.creditledger.cli.client.ExtendCommand;
import io.creditledger.cli.client.GrantCommand;
import io.creditledger.cli.client.GrantsCommand;
import io.creditledger.cli.client.ImportCommand;
import io.creditledger.cli.client.Instants;
import io.creditledger.cli.client.PreviewCommand;
import io.creditledger.cli.client.ProjectionCommand;
import io.creditledger.cli.client.RateCardCommand;
import io.creditledger.cli.client.ReleaseCommand;
import io.creditledger.cli.client.ReservationCommand;
import io.creditledger.cli.client.ReservationsCommand;
import io.creditledger.cli.client.ReserveCommand;
import io.creditledger.cli.client.ReverseCommand;
import io.creditledger.cli.client.SettingsCommand;
import io.creditledger.cli.client.SettleCommand;
import io.creditledger.cli.client.TopUpCommand;
import io.creditledger.cli.client.UsageCommand;
import io.creditledger.cli.client.VoidCommand;
import io.creditledger.cli.client.WatchCommand;
import io.creditledger.cli.client.WebhooksCommand;
import io.creditledger.cli.replay.RejectionsCommand;
import io.creditledger.cli.replay.ReplayCommand;
import io.creditledger.cli.stripe.StripeCommand;
import java.time.Instant;
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
      BenchCommand.class,
      BalanceCommand.class,
      GrantsCommand.class,
      EntriesCommand.class,
      ExplainCommand.class,
      WatchCommand.class,
      EntitlementCommand.class,
      ReservationsCommand.class,
      GrantCommand.class,
      ConfirmCommand.class,
      CancelCommand.class,
      ExtendCommand.class,
      VoidCommand.class,
      TopUpCommand.class,
      UsageCommand.class,
      ImportCommand.class,
      PreviewCommand.class,
      ReserveCommand.class,
      SettleCommand.class,
      ReleaseCommand.class,
      ReservationCommand.class,
      ReverseCommand.class,
      AdjustCommand.class,
      DebitCommand.class,
      SettingsCommand.class,
      CatalogCommand.class,
      RateCardCommand.class,
      ConsumptionCommand.class,
      ProjectionCommand.class,
      WebhooksCommand.class,
      StripeCommand.class,
      AuditCommand.class,
      CheckpointCommand.class,
      StatementCommand.class,
      ReplayCommand.class,
      RejectionsCommand.class
    })
public final class LedgerCli implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs the command line given and ends the JVM with its exit status. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, for callers in this process. */
  public static CommandLine commandLine() {
    return CommandGroups.on(new CommandLine(new LedgerCli()))
        .registerConverter(Instant.class, new Instants())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new Misuse())
        .setExecutionExceptionHandler(new Failures());
  }

  /** Without a subcommand there is nothing to do but to say what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
