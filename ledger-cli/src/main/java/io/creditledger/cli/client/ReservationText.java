package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;

/** Reservations, as a person reads them. */
final class ReservationText {

  private static final int MADE_NOW = 201;

  private ReservationText() {}

  /**
   * Sends an event about a reservation. The ledger answers only once it stands in the journal.
   *
   * @throws io.creditledger.cli.CommandFailedException if it is refused, or not decided in time
   */
  static int send(LedgerOptions ledger, String path, EventBody event, LedgerOptions.Print print) {
    return ledger.show(
        client -> client.post(path, LedgerClient.JSON, event.bytes(), WriteOutcome.PATIENCE),
        print);
  }

  /** What was reserved, now or by the same call before. */
  static void held(Answer answer, PrintWriter out) {
    JsonNode reservation = answer.json();
    if (answer.status() == MADE_NOW) {
      shown(answer, out);
      return;
    }
    out.println(
        reservation.path("id").asText()
            + " had been recorded before, as entry "
            + reservation.path("sequence").asText()
            + ", and is "
            + reservation.path("state").asText()
            + "; nothing has changed.");
  }

  /** A reservation that is open, or what became of it. */
  static void shown(Answer answer, PrintWriter out) {
    JsonNode reservation = answer.json();
    String amount = EntryText.amount(reservation);
    String id = reservation.path("id").asText();
    String what =
        switch (reservation.path("state").asText()) {
          case "open" ->
              "holds "
                  + amount
                  + EntryText.measured(reservation)
                  + " as "
                  + id
                  + " until "
                  + Instants.shown(reservation.path("expires_at").asText());
          case "settled" -> "settled " + id + (amount.isEmpty() ? "" : " at " + amount);
          case "released" -> "released " + id;
          default -> id + " has " + reservation.path("state").asText();
        };
    print(reservation, what, out);
  }

  /** How a reservation ended. */
  static void ended(Answer answer, PrintWriter out) {
    JsonNode end = answer.json();
    String reservation = end.path("reservation").asText(end.path("id").asText());
    boolean settled = end.path("state").asText().equals("settled");
    print(
        end,
        settled
            ? "settled " + reservation + " at " + EntryText.amount(end) + EntryText.measured(end)
            : "released " + reservation,
        out);
  }

  private static void print(JsonNode reservation, String what, PrintWriter out) {
    out.println(reservation.path("customer").asText() + ": " + what);
    new Rows()
        .with("id", reservation.path("id").asText())
        .with("entry", reservation.path("sequence").asText())
        .with("meter", reservation.path("meter").asText())
        .with("subscription", reservation.path("subscription").asText())
        .with("held", EntryText.shares(reservation.path("allocations")))
        .with("paid", EntryText.shares(reservation.path("consumed")))
        .with("returned", EntryText.shares(reservation.path("returned")))
        .with("beyond", EntryText.beyond(reservation))
        .with("available", reservation.path("available").asText())
        .print(out);
  }
}
