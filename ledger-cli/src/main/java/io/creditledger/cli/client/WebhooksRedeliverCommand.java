package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has deliveries sent again. */
@Command(
    name = "redeliver",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends deliveries again under the same webhook id: those named, or all that were given up for"
          + " an endpoint."
    })
final class WebhooksRedeliverCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Deliveries, by their ids.")
  private List<Long> ids = new ArrayList<>();

  @Option(
      names = "--endpoint",
      paramLabel = "NAME",
      description = "All that were given up for this endpoint.")
  private Optional<String> endpoint = Optional.empty();

  @Override
  public Integer call() {
    if (ids.isEmpty() == endpoint.isEmpty()) {
      throw ledger.misused("Name deliveries by their ids, or an endpoint with --endpoint");
    }
    try (LedgerClient client = ledger.client(System.getenv())) {
      endpoint.ifPresent(
          name ->
              ledger.show(
                  post(client, "/" + LedgerClient.segment(name) + "/redeliver"),
                  WebhooksRedeliverCommand::printAll));
      for (long id : ids) {
        ledger.show(
            post(client, "/deliveries/" + id + "/redeliver"), WebhooksRedeliverCommand::printOne);
      }
    }
    return ExitStatus.OK;
  }

  private static Answer post(LedgerClient client, String path) {
    return client.post(WebhooksCommand.PATH + path, LedgerClient.JSON, new byte[0], Duration.ZERO);
  }

  private static void printAll(Answer answer, PrintWriter out) {
    out.println(
        answer.json().path("redelivered").asText()
            + " deliveries to "
            + answer.json().path("endpoint").asText()
            + " are pending again.");
  }

  private static void printOne(Answer answer, PrintWriter out) {
    JsonNode delivery = answer.json();
    out.println(
        delivery.path("id").asText()
            + ": "
            + delivery.path("type").asText()
            + " for "
            + delivery.path("customer").asText()
            + " to "
            + delivery.path("endpoint").asText()
            + " is due now.");
  }
}
