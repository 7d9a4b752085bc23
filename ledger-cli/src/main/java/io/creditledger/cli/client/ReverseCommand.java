package io.creditledger.cli.client;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Undoes a usage. */
@Command(
    name = "reverse",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Undoes a usage or a settled reservation, wholly or in part: its credits return.",
      "A second part of the same usage needs an --id of its own."
    })
public final class ReverseCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private CustomerArgument customer;

  @Parameters(
      index = "1",
      paramLabel = "USAGE",
      description = "The usage's id, or the settled reservation's.")
  private String usage;

  @Option(
      names = "--amount",
      paramLabel = "AMOUNT",
      description = "How many credits; default all that are not yet reversed.")
  private Optional<String> amount = Optional.empty();

  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    return WriteOutcome.send(
        ledger,
        "/v1/usage/" + LedgerClient.segment(usage) + "/reverse",
        event.event(customer).with("amount", amount));
  }
}
