package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A journal entry, as a person reads it. Kinds of entries that it does not know still read well.
 */
final class EntryText {

  private EntryText() {}

  /** How much it is about, with its unit; empty if it is about no amount. */
  static String amount(JsonNode entry) {
    return Stream.of(entry.path("credits"), entry.path("amount"), entry.path("made").path("amount"))
        .filter(JsonNode::isValueNode)
        .findFirst()
        .map(amount -> amount.asText() + unit(entry))
        .orElse("");
  }

  private static String unit(JsonNode entry) {
    String unit = entry.path("unit").asText(entry.path("made").path("unit").asText());
    return unit.isEmpty() ? "" : " " + unit;
  }

  /** Which grants it moved, and what no grant covered. */
  static String moved(JsonNode entry) {
    List<String> moves = new ArrayList<>();
    for (JsonNode allocation : entry.path("allocations")) {
      String move = allocation.path("move").asText();
      moves.add(
          (move.isEmpty() ? "" : move + " ")
              + allocation.path("grant").asText()
              + " "
              + allocation.path("amount").asText());
    }
    for (String beyond : List.of("overage", "overdraft", "forgiven")) {
      if (entry.has(beyond)) {
        moves.add(beyond + " " + entry.path(beyond).asText());
      }
    }
    return String.join(", ", moves);
  }

  /** What the customer has after it; empty if it left the balance alone. */
  static String available(JsonNode entry) {
    return entry.path("balance").path("available").asText();
  }

  /** What it did, in a sentence. */
  static String sentence(JsonNode entry) {
    JsonNode made = entry.path("made");
    String amount = amount(entry);
    String what =
        switch (entry.path("type").asText()) {
          case "grant" ->
              "granted "
                  + amount
                  + " as "
                  + made.path("grant").asText()
                  + ", "
                  + made.path("state").asText()
                  + ", expires "
                  + GrantTable.expiry(made);
          case "usage" -> "used " + amount + measured(entry);
          case "void" -> "took back " + amount + " of " + entry.path("grant").asText();
          default -> entry.path("type").asText() + (amount.isEmpty() ? "" : " of " + amount);
        };
    return entry.path("customer").asText() + ": " + what;
  }

  private static String measured(JsonNode entry) {
    String meter = entry.path("meter").asText();
    String quantity = entry.path("quantity").asText();
    return meter.isEmpty() ? "" : " for " + (quantity.isEmpty() ? "" : quantity + " of ") + meter;
  }
}
