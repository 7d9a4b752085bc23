package io.creditledger.cli.client;

import io.creditledger.cli.client.LedgerClient.Answer;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows or changes what is set for a customer. */
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Shows what is set for a customer, or sets what is given; the rest stays as it is.",
      "A unit's alert rule and the top-up rule are set whole."
    })
public final class SettingsCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private CustomerArgument customer;

  @Option(names = "--plan", paramLabel = "PLAN", description = "A plan of the catalog.")
  private Optional<String> plan = Optional.empty();

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "In which days and months are counted, such as Europe/Berlin.")
  private Optional<String> timeZone = Optional.empty();

  @Option(
      names = "--overdraft",
      paramLabel = "bill|carry|reject|forgive",
      description = "What becomes of usage that no grant covers.")
  private Optional<String> overdraft = Optional.empty();

  @Option(
      names = "--overdraft-limit",
      paramLabel = "AMOUNT",
      description = "At most so much, with --overdraft bill or carry; default no limit.")
  private Optional<String> overdraftLimit = Optional.empty();

  @ArgGroup(exclusive = false, validate = false, heading = "Alerts:%n")
  private AlertOptions alerts = new AlertOptions();

  @ArgGroup(exclusive = true, heading = "Automatic top-ups:%n")
  private TopUpOptions topUp = new TopUpOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "The change itself:%n")
  private EventOptions event = new EventOptions();

  @Override
  public Integer call() {
    EventBody change = change();
    if (change.isEmpty()) {
      return ledger.show(client -> client.get(customer.path("")), SettingsText::print);
    }
    return WriteOutcome.send(
        ledger, "PUT", customer.path(""), event.event(ledger, customer, "set").with(change));
  }

  private EventBody change() {
    EventBody change =
        new EventBody()
            .with("plan", plan)
            .with("time_zone", timeZone)
            .with("overdraft_policy", overdraft)
            .with("overdraft_limit", overdraftLimit)
            .with("alerts", alerts.rules(ledger))
            .with("top_up", topUp.rule(topUp.needsUnit() ? defaultUnit() : Optional.empty()));
    return topUp.isNone() ? change.withNull("top_up") : change;
  }

  private Optional<String> defaultUnit() {
    try (LedgerClient client = ledger.client(System.getenv())) {
      Answer card = client.get(RateCardCommand.PATH).orFail();
      return Optional.of(card.json().path("default_unit").asText());
    }
  }
}
