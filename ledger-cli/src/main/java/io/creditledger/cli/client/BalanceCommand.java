package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a customer has. */
@Command(
    name = "balance",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows what a customer has, per unit and per grant, in the order they burn.")
public final class BalanceCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Mixin private CustomerArgument customer;

  @Option(names = "--unit", paramLabel = "UNIT", description = "Only this unit.")
  private Optional<String> unit = Optional.empty();

  @Option(
      names = "--subscription",
      paramLabel = "ID",
      description = "Only grants that pay for usage under this subscription.")
  private Optional<String> subscription = Optional.empty();

  @Option(
      names = "--meter",
      paramLabel = "METER",
      description = "Only grants that pay for usage of this meter.")
  private Optional<String> meter = Optional.empty();

  @Option(
      names = "--consistency",
      paramLabel = "latest|committed",
      description = "committed waits until what it tells stands in the journal; default latest.")
  private Optional<String> consistency = Optional.empty();

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "The balance at that time of business: of what occurred until then, whenever it was"
              + " recorded.")
  private Optional<Instant> asOf = Optional.empty();

  @Option(
      names = "--known-at",
      paramLabel = "TIME",
      description =
          "The balance as the log knew it at that time; with --as-of, what it knew of it.")
  private Optional<Instant> knownAt = Optional.empty();

  @Override
  public Integer call() {
    String path =
        QueryString.on(customer.path("/balance"))
            .with("unit", unit)
            .with("subscription", subscription)
            .with("meter", meter)
            .with("consistency", consistency)
            .with("as_of", asOf)
            .with("known_at", knownAt)
            .toString();
    return ledger.show(client -> client.get(path), BalanceCommand::print);
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode balance = answer.json();
    String customer = balance.path("customer").asText();
    if (balance.path("sequence").asLong() == 0) {
      out.println("The ledger has no entry for " + customer + ".");
      return;
    }
    out.println(
        customer
            + " at "
            + Instants.shown(balance.path("at").asText())
            + ", after entry "
            + balance.path("sequence").asText());
    if (balance.path("units").isEmpty()) {
      out.println("Nothing in that unit.");
    }
    balance.path("units").forEach(unit -> printUnit(unit, out));
  }

  private static void printUnit(JsonNode unit, PrintWriter out) {
    out.println();
    Table.withAmounts(1, "UNIT", "AVAILABLE", "HELD", "SETTLED", "OVERAGE", "OVERDRAFT")
        .row(
            unit.path("unit").asText(),
            unit.path("available").asText(),
            unit.path("held").asText(),
            unit.path("settled").asText(),
            unit.path("overage").asText(),
            unit.path("overdraft").asText())
        .print(out, "");
    if (!unit.path("grants").isEmpty()) {
      out.println();
      GrantTable.print(unit.path("grants"), out, "  ");
    }
  }
}
