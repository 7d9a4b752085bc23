package io.creditledger.cli.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Outgoing webhooks: how they stand, and what is to be sent again. */
@Command(
    name = "webhooks",
    mixinStandardHelpOptions = true,
    description = "Shows who is told of alerts, what got there, and sends again what did not.",
    subcommands = {
      WebhooksListCommand.class,
      WebhooksDeliveriesCommand.class,
      WebhooksRedeliverCommand.class,
      WebhooksTestCommand.class
    })
public final class WebhooksCommand implements Runnable {

  static final String PATH = "/v1/webhooks";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing: list, deliveries, redeliver or test");
  }
}
