package io.creditledger.cli.client;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Charges a fee. */
@Command(
    name = "debit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Charges credits without a meter: a fee, which can be reversed by its id.")
public final class DebitCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private CustomerArgument customer;

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "How many credits.")
  private String amount;

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "Of the credits; default the catalog's default unit.")
  private Optional<String> unit = Optional.empty();

  @Option(
      names = "--subscription",
      paramLabel = "ID",
      description = "The subscription it is under.")
  private Optional<String> subscription = Optional.empty();

  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    return WriteOutcome.send(
        ledger,
        "/v1/debits",
        event
            .event(ledger, customer, "fee")
            .with("credits", amount)
            .with("unit", unit)
            .with("subscription", subscription));
  }
}
