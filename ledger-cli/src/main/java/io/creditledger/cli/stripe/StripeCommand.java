package io.creditledger.cli.stripe;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What an operator asks of stripe-sync. */
@Command(
    name = "stripe",
    mixinStandardHelpOptions = true,
    description = "Sees how stripe-sync goes, compares its books with Stripe's, sets Stripe up.",
    subcommands = {
      StripeStatusCommand.class,
      StripeReconcileCommand.class,
      StripeResendCommand.class,
      StripeConfirmCommand.class,
      StripeRetryCommand.class,
      StripeSetupCommand.class
    })
public final class StripeCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
