package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the price list. */
@Command(
    name = "rate-card",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows the price list as end users may see it.")
public final class RateCardCommand implements Callable<Integer> {

  static final String PATH = "/v1/rate-card";

  @Mixin private LedgerOptions ledger;

  @Override
  public Integer call() {
    return ledger.show(client -> client.get(PATH), RateCardCommand::print);
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode card = answer.json();
    if (card.path("meters").isEmpty()) {
      out.println("The catalog has no meters.");
      return;
    }
    Table table =
        Table.withAmounts(5, "METER", "NAME", "WHEN", "FROM", "UNIT", "CREDITS", "PER", "OF");
    for (JsonNode meter : card.path("meters")) {
      for (JsonNode rate : meter.path("rates")) {
        table.row(
            meter.path("meter").asText(),
            meter.path("name").asText(),
            match(rate.path("match")),
            rate.hasNonNull("effective_from")
                ? Instants.shown(rate.path("effective_from").asText())
                : "always",
            meter.path("unit").asText(),
            rate.path("credits").asText(),
            rate.path("per").asText(),
            meter.hasNonNull("quantity_unit") ? meter.path("quantity_unit").asText() : "");
      }
    }
    table.print(out, "");
  }

  private static String match(JsonNode properties) {
    List<String> conditions = new ArrayList<>();
    properties
        .properties()
        .forEach(one -> conditions.add(one.getKey() + "=" + one.getValue().asText()));
    return conditions.isEmpty() ? "any" : String.join(", ", conditions);
  }
}
