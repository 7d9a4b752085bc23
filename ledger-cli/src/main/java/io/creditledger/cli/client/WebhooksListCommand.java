package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the endpoints. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the endpoints, and how deliveries to each stand.")
final class WebhooksListCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Override
  public Integer call() {
    return ledger.show(client -> client.get(WebhooksCommand.PATH), WebhooksListCommand::print);
  }

  private static void print(Answer answer, PrintWriter out) {
    Table table =
        Table.withAmounts(3, "ENDPOINT", "URL", "OLDEST PENDING", "PENDING", "DEAD", "DELIVERED");
    for (JsonNode endpoint : answer.json().path("endpoints")) {
      table.row(
          endpoint.path("endpoint").asText(),
          endpoint.path("configured").asBoolean()
              ? endpoint.path("url").asText()
              : "no longer set up",
          endpoint.hasNonNull("oldest_pending_at")
              ? Instants.shown(endpoint.path("oldest_pending_at").asText())
              : "",
          endpoint.path("pending").asText(),
          endpoint.path("dead").asText(),
          endpoint.path("delivered").asText());
    }
    table.print(out, "");
  }
}
