package io.creditledger.cli.client;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Corrects a balance. */
@Command(
    name = "adjust",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Adds to what a customer has, or takes from it, with a reason.",
      "Without a grant a positive amount makes a promotional one, and a negative one is taken in"
          + " burn order."
    })
public final class AdjustCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private CustomerArgument customer;

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "Signed: 20, or -20.")
  private String amount;

  @Option(names = "--grant", paramLabel = "GRANT", description = "The grant to be adjusted.")
  private Optional<String> grant = Optional.empty();

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "What is adjusted; default the grant's, or the catalog's default unit.")
  private Optional<String> unit = Optional.empty();

  @Option(
      names = {"--expires", "--expires-at"},
      paramLabel = "TIME",
      description = "When a grant that this makes ends; default never.")
  private Optional<Instant> expires = Optional.empty();

  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    return WriteOutcome.send(
        ledger,
        "/v1/adjustments",
        event
            .event(ledger, customer, "adj")
            .with("amount", amount)
            .with("grant", grant)
            .with("unit", unit)
            .with("expires_at", expires));
  }
}
