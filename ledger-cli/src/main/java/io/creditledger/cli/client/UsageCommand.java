package io.creditledger.cli.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports one use. */
@Command(
    name = "usage",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reports usage of a customer, and waits until that is committed.",
      "It is a quantity of a meter, rated by the catalog, or credits that are rated already. A"
          + " meter that counts needs no quantity."
    })
public final class UsageCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Parameters(paramLabel = "CUSTOMER", description = "The customer's id.")
  private String customer;

  @Option(names = "--meter", paramLabel = "METER", description = "A meter of the catalog.")
  private Optional<String> meter = Optional.empty();

  @Option(names = "--quantity", paramLabel = "N", description = "How much the meter measured.")
  private Optional<String> quantity = Optional.empty();

  @Option(names = "--credits", paramLabel = "N", description = "How many credits it costs.")
  private Optional<String> credits = Optional.empty();

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "Of the credits; default the meter's, or the catalog's default unit.")
  private Optional<String> unit = Optional.empty();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The event's id, which makes a repetition harmless; default a new one.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--occurred-at",
      paramLabel = "TIME",
      converter = Instants.class,
      description = "When it was; default when it is recorded.")
  private Optional<Instant> occurredAt = Optional.empty();

  @Option(
      names = "--subscription",
      paramLabel = "ID",
      description = "The subscription it was under.")
  private Optional<String> subscription = Optional.empty();

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "What rates may depend on, as often as needed.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Override
  public Integer call() {
    if (quantity.isPresent() && credits.isPresent()) {
      throw ledger.misused("--quantity and --credits exclude each other");
    }
    if (meter.isEmpty() && credits.isEmpty()) {
      throw ledger.misused("give --meter with --quantity, or --credits");
    }
    return WriteOutcome.send(
        ledger,
        "/v1/usage",
        EventBody.of(ledger.idOr(id, "use"), customer)
            .with("meter", meter)
            .with("quantity", quantity)
            .with("credits", credits)
            .with("unit", unit)
            .with("subscription", subscription)
            .with("properties", properties)
            .with("occurred_at", occurredAt));
  }
}
