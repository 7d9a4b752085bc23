package io.creditledger.cli.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What something costs: a quantity of a meter, or credits that are rated already. */
final class ChargeOptions {

  @Option(names = "--meter", paramLabel = "METER", description = "A meter of the catalog.")
  private Optional<String> meter = Optional.empty();

  @Option(names = "--quantity", paramLabel = "N", description = "How much the meter measures.")
  private Optional<String> quantity = Optional.empty();

  @Option(names = "--credits", paramLabel = "N", description = "How many credits it costs.")
  private Optional<String> credits = Optional.empty();

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "Of the credits; default the meter's, or the catalog's default unit.")
  private Optional<String> unit = Optional.empty();

  @Option(
      names = "--subscription",
      paramLabel = "ID",
      description = "The subscription it is under.")
  private Optional<String> subscription = Optional.empty();

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "What rates may depend on, as often as needed.")
  private Map<String, String> properties = new LinkedHashMap<>();

  /** The event with its charge. */
  EventBody on(EventBody event) {
    return event
        .with("meter", meter)
        .with("quantity", quantity)
        .with("credits", credits)
        .with("unit", unit)
        .with("subscription", subscription)
        .with("properties", properties);
  }

  /**
   * Looks whether there is one charge, before anything is said or sent.
   *
   * @throws picocli.CommandLine.ParameterException if there is none, or two
   */
  void check(LedgerOptions ledger) {
    if (quantity.isPresent() && credits.isPresent()) {
      throw ledger.misused("--quantity and --credits exclude each other");
    }
    if (meter.isEmpty() && credits.isEmpty()) {
      throw ledger.misused("give --meter with --quantity, or --credits");
    }
  }
}
