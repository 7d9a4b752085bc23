package io.creditledger.cli.client;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes back what is left of a grant. */
@Command(
    name = "void",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Takes back what is left of a grant, or a part of it.")
public final class VoidCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Parameters(index = "0", paramLabel = "CUSTOMER", description = "The customer's id.")
  private String customer;

  @Parameters(index = "1", paramLabel = "GRANT", description = "The grant's id.")
  private String grant;

  @Option(
      names = "--amount",
      paramLabel = "AMOUNT",
      description = "How much; default all that is left and not held, which ends the grant.")
  private Optional<String> amount = Optional.empty();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The event's id, which makes a repetition harmless; default a new one.")
  private Optional<String> id = Optional.empty();

  @Override
  public Integer call() {
    return WriteOutcome.send(
        ledger,
        "/v1/grants/" + LedgerClient.segment(grant) + "/void",
        EventBody.of(ledger.idOr(id, "void"), customer).with("amount", amount));
  }
}
