package io.creditledger.cli.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a task with what it truly cost. */
@Command(
    name = "settle",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ends a task with what it truly cost; without more, all that its reservation holds.",
      "Less returns the rest, more burns as usage does."
    })
public final class SettleCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private ReservationArguments of;

  @ArgGroup private Cost cost = new Cost();

  /** What it cost. */
  private static final class Cost {
    @Option(names = "--credits", paramLabel = "N", description = "How many credits it cost.")
    private Optional<String> credits = Optional.empty();

    @Option(
        names = "--quantity",
        paramLabel = "N",
        description = "How much the reservation's meter measured.")
    private Optional<String> quantity = Optional.empty();
  }

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "What rates may depend on, as often as needed.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Mixin private EventOptions event;

  @Override
  public Integer call() {
    return ReservationText.send(
        ledger,
        of.reservationPath("/settle"),
        event
            .event(of)
            .with("credits", cost.credits)
            .with("quantity", cost.quantity)
            .with("properties", properties),
        ReservationText::ended);
  }
}
