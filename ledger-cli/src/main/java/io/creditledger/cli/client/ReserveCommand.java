package io.creditledger.cli.client;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds credits for a task. */
@Command(
    name = "reserve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Holds credits for a task before it runs: all of them, or a refusal.",
      "What is neither settled nor released in its time returns by itself."
    })
public final class ReserveCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private CustomerArgument customer;
  @Mixin private ChargeOptions charge;

  @ArgGroup private End end = new End();

  /** When what is held returns by itself. */
  private static final class End {
    @Option(
        names = "--ttl",
        paramLabel = "DURATION",
        description = "How long it lives, such as PT15M; default the catalog's.")
    private Optional<String> ttl = Optional.empty();

    @Option(
        names = {"--expires", "--expires-at"},
        paramLabel = "TIME",
        description = "Until when it lives.")
    private Optional<Instant> expires = Optional.empty();
  }

  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    charge.check(ledger);
    EventBody reserve =
        charge
            .on(event.event(ledger, customer, "r"))
            .with("ttl", end.ttl)
            .with("expires_at", end.expires);
    return ReservationText.send(ledger, "/v1/reservations", reserve, ReservationText::held);
  }
}
