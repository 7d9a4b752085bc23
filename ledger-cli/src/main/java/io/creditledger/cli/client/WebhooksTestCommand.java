package io.creditledger.cli.client;

import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tries an endpoint. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Sends a signed test event to an endpoint once, and says what came of it.")
final class WebhooksTestCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;

  @Parameters(paramLabel = "ENDPOINT", description = "The endpoint's name.")
  private String endpoint;

  @Override
  public Integer call() {
    try (LedgerClient client = ledger.client(System.getenv())) {
      Answer answer =
          client.post(
              WebhooksCommand.PATH + "/" + LedgerClient.segment(endpoint) + "/test",
              LedgerClient.JSON,
              new byte[0],
              Duration.ZERO);
      ledger.show(answer, WebhooksTestCommand::print);
      return answer.json().path("delivered").asBoolean() ? ExitStatus.OK : ExitStatus.FAILED;
    }
  }

  private static void print(Answer answer, PrintWriter out) {
    out.println(
        answer.json().path("endpoint").asText()
            + (answer.json().path("delivered").asBoolean()
                ? " has taken the test event: "
                : " has not taken the test event: ")
            + answer.json().path("detail").asText());
  }
}
