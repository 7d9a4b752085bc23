package io.creditledger.cli.client;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes back what is left of a grant. */
@Command(
    name = "void",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Takes back what is left of a grant, or a part of it.")
public final class VoidCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private GrantArguments of;

  @Option(
      names = "--amount",
      paramLabel = "AMOUNT",
      description = "How much; default all that is left and not held, which ends the grant.")
  private Optional<String> amount = Optional.empty();

  @Option(
      names = "--up-to",
      description = "With an amount: take what is left where that is less, rather than nothing.")
  private boolean upTo;

  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    return WriteOutcome.send(
        ledger,
        of.grantPath("/void"),
        event
            .event(ledger, of, "void")
            .with("amount", amount)
            .withFlag("up_to", Optional.of(upTo).filter(Boolean::booleanValue)));
  }
}
