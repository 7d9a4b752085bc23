package io.creditledger.cli.stripe;

import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where stripe-sync listens for operators, and how its answers are printed. */
final class SyncOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:STRIPE_SYNC_URL:-http://127.0.0.1:8402}",
      description =
          "Where stripe-sync listens for operators; default http://127.0.0.1:8402"
              + " (STRIPE_SYNC_URL).")
  private URI url;

  @Option(names = "--json", description = "Print the JSON as it is.")
  private boolean json;

  /** What is asked of stripe-sync. */
  @FunctionalInterface
  interface Request {
    Answer send(LedgerClient sync);
  }

  /** How a good answer is printed for people. */
  @FunctionalInterface
  interface Print {
    void print(Answer answer, PrintWriter out);
  }

  /** Asks once, prints the answer and gives it back. */
  Answer show(Request request, Print print) {
    try (LedgerClient client = new LedgerClient(url, Optional.empty())) {
      Answer answer = request.send(client).orFail();
      PrintWriter out = command.commandLine().getOut();
      if (json) {
        out.println(answer.text().strip());
      } else {
        print.print(answer, out);
      }
      out.flush();
      return answer;
    }
  }
}
