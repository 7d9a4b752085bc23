package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a customer used, summed. */
@Command(
    name = "consumption",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows what a customer used, by meter, day, subscription or a property.")
public final class ConsumptionCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Mixin private CustomerArgument customer;

  @Option(
      names = "--by",
      paramLabel = "KEYS",
      defaultValue = "meter",
      description =
          "One or several of meter, day, subscription, property, separated by commas; default"
              + " meter.")
  private String by;

  @Option(
      names = "--property",
      paramLabel = "NAME",
      description = "With --by property, the property by whose value usage is told apart.")
  private Optional<String> property = Optional.empty();

  @Option(names = "--unit", paramLabel = "UNIT", description = "Only this unit.")
  private Optional<String> unit = Optional.empty();

  @Option(names = "--meter", paramLabel = "METER", description = "Only usage of this meter.")
  private Optional<String> meter = Optional.empty();

  @Option(
      names = "--subscription",
      paramLabel = "ID",
      description = "Only usage under this subscription.")
  private Optional<String> subscription = Optional.empty();

  @Mixin private PeriodOptions period;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "In which days begin, such as Europe/Berlin; default UTC.")
  private Optional<String> timeZone = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many sums, up to 1000; default 1000.")
  private Optional<Integer> limit = Optional.empty();

  @Override
  public Integer call() {
    String path =
        QueryString.on(customer.path("/usage"))
            .with("group_by", Optional.of(by))
            .with("property", property)
            .with("unit", unit)
            .with("meter", meter)
            .with("subscription", subscription)
            .with("from", period.from)
            .with("to", period.to)
            .with("time_zone", timeZone)
            .with("limit", limit)
            .toString();
    return ledger.show(client -> client.get(path), ConsumptionCommand::print);
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode page = answer.json();
    if (page.path("sums").isEmpty()) {
      out.println("There is no such usage.");
      return;
    }
    List<String> keys = new ArrayList<>();
    page.path("group_by").forEach(key -> keys.add(key.asText()));
    List<String> head = new ArrayList<>();
    keys.forEach(key -> head.add(key.toUpperCase(Locale.ROOT)));
    head.addAll(List.of("UNIT", "EVENTS", "QUANTITY", "CREDITS", "REVERSED", "NET", "OVERAGE"));
    Table table = Table.withAmounts(keys.size() + 1, head.toArray(String[]::new));
    for (JsonNode sum : page.path("sums")) {
      List<String> row = new ArrayList<>();
      keys.forEach(key -> row.add(sum.path(key).asText("-")));
      for (String field :
          List.of("unit", "events", "quantity", "credits", "reversed", "net", "overage")) {
        row.add(sum.path(field).isNull() ? "" : sum.path(field).asText());
      }
      table.row(row.toArray());
    }
    table.print(out, "");
    if (!page.path("complete").asBoolean()) {
      out.println("There may be more: ask for a shorter period, or with another --limit.");
    }
  }
}
