package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.time.Duration;

/** Sends one event, waits until its outcome is committed, and tells it. */
final class WriteOutcome {

  /** How long the outcome is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private WriteOutcome() {}

  /**
   * Posts the event there.
   *
   * @throws CommandFailedException if it is refused, or not decided in time
   */
  static int send(LedgerOptions ledger, String path, EventBody event) {
    return send(ledger, "POST", path, event);
  }

  /** The same by another method. */
  static int send(LedgerOptions ledger, String method, String path, EventBody event) {
    try (LedgerClient client = ledger.client(System.getenv())) {
      Answer answer = client.write(method, path, LedgerClient.JSON, event.bytes(), PATIENCE);
      ledger.show(answer, WriteOutcome::print);
      failIfPending(answer.json());
    }
    return ExitStatus.OK;
  }

  private static void print(Answer answer, PrintWriter out) {
    JsonNode result = answer.json();
    switch (result.path("outcome").asText()) {
      case "accepted" -> printEntry(result, out);
      case "duplicate" ->
          out.println(
              result.path("id").asText()
                  + " had been recorded before, as entry "
                  + result.path("of").asText()
                  + "; nothing has changed.");
      default -> failIfPending(result);
    }
  }

  private static void printEntry(JsonNode result, PrintWriter out) {
    JsonNode entry = result.path("entry");
    out.println(EntryText.sentence(entry));
    Rows rows =
        new Rows()
            .with("id", result.path("id").asText())
            .with("entry", result.path("sequence").asText())
            .with("moved", EntryText.moved(entry))
            .with("available", EntryText.available(entry))
            .with("told", EntryText.alerts(entry));
    if (entry.path("type").asText().equals("configure")) {
      rows.with(SettingsText.rows(entry, entry.path("alert_rules")));
    }
    rows.print(out);
  }

  private static void failIfPending(JsonNode result) {
    String outcome = result.path("outcome").asText();
    if (!outcome.equals("accepted") && !outcome.equals("duplicate")) {
      throw CommandFailedException.failed(
          "error: not decided within "
              + PATIENCE.toSeconds()
              + " s\nremedy: send it again with --id "
              + result.path("id").asText()
              + " to learn the outcome; it cannot count twice");
    }
  }
}
