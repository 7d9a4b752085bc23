package io.creditledger.cli.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Top-up requests that end without a grant; one that is granted ends by {@code grant --top-up}. */
@Command(
    name = "top-up",
    mixinStandardHelpOptions = true,
    description = "Says what became of a top-up request; if a grant, see grant --top-up.")
public final class TopUpCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing: fail or cancel, with CUSTOMER and REQUEST");
  }

  @Command(
      name = "fail",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Says that a requested top-up failed, because a card was declined for instance.",
        "So many failures in a row pause the customer's rule."
      })
  int fail(
      @Mixin LedgerOptions ledger,
      @Mixin CustomerArgument customer,
      @Parameters(index = "1", paramLabel = "REQUEST", description = "Its id, from the alert.")
          String request,
      @Mixin EventOptions event) {
    return end(ledger, customer, request, event, "/fail");
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Says that a requested top-up will not be made.")
  int cancel(
      @Mixin LedgerOptions ledger,
      @Mixin CustomerArgument customer,
      @Parameters(index = "1", paramLabel = "REQUEST", description = "Its id, from the alert.")
          String request,
      @Mixin EventOptions event) {
    return end(ledger, customer, request, event, "/cancel");
  }

  private static int end(
      LedgerOptions ledger,
      CustomerArgument customer,
      String request,
      EventOptions event,
      String how) {
    return WriteOutcome.send(
        ledger, "/v1/top-ups/" + LedgerClient.segment(request) + how, event.event(customer));
  }
}
