package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists deliveries. */
@Command(
    name = "deliveries",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists deliveries, newest first, and what the last attempt of each came to.")
final class WebhooksDeliveriesCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Option(names = "--endpoint", paramLabel = "NAME", description = "Only those to this endpoint.")
  private Optional<String> endpoint = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only those that are pending, delivered or dead.")
  private Optional<String> state = Optional.empty();

  @Option(
      names = "--customer",
      paramLabel = "CUSTOMER",
      description = "Only those that tell of this customer.")
  private Optional<String> customer = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many, up to 1000; default 20.")
  private int limit;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Goes on where an earlier page ended.")
  private Optional<String> cursor = Optional.empty();

  @Override
  public Integer call() {
    String path =
        QueryString.on(WebhooksCommand.PATH + "/deliveries")
            .with("endpoint", endpoint)
            .with("state", state)
            .with("customer", customer)
            .with("limit", Optional.of(limit))
            .with("cursor", cursor)
            .toString();
    return ledger.show(client -> client.get(path), WebhooksDeliveriesCommand::print);
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode page = answer.json();
    if (page.path("deliveries").isEmpty()) {
      out.println("There are no deliveries.");
      return;
    }
    Table table =
        Table.of("ID", "CREATED", "ENDPOINT", "TYPE", "ALERT", "STATE", "ATTEMPTS", "NEXT", "LAST");
    for (JsonNode delivery : page.path("deliveries")) {
      table.row(
          delivery.path("id").asText(),
          Instants.shown(delivery.path("created_at").asText()),
          delivery.path("endpoint").asText(),
          delivery.path("type").asText(),
          delivery.path("alert").asText(),
          delivery.path("state").asText(),
          delivery.path("attempts").asText(),
          delivery.hasNonNull("due_at") ? Instants.shown(delivery.path("due_at").asText()) : "",
          delivery.hasNonNull("detail") ? delivery.path("detail").asText() : "");
    }
    table.print(out, "");
    if (page.hasNonNull("next")) {
      out.println("Go on with --cursor " + page.path("next").asText());
    }
  }
}
