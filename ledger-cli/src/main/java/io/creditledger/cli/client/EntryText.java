package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A journal entry, as a person reads it. Kinds of entries that it does not know still read well.
 */
final class EntryText {

  /** What no grant covers, in an entry, and what a reversal makes undone of it. */
  private static final List<String> BEYOND =
      List.of(
          "overage",
          "overdraft",
          "forgiven",
          "cancelled_overage",
          "cancelled_overdraft",
          "cancelled_forgiven",
          "unrepaid");

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
    return Stream.of(shares(entry.path("allocations")), beyond(entry))
        .filter(part -> !part.isEmpty())
        .reduce((first, second) -> first + ", " + second)
        .orElse("");
  }

  /** Grants, each with its part: how it moved, or where it went. */
  static String shares(JsonNode allocations) {
    List<String> shares = new ArrayList<>();
    for (JsonNode allocation : allocations) {
      String move = allocation.path("move").asText().replace('_', ' ');
      String to = allocation.path("to").asText();
      shares.add(
          (move.isEmpty() ? "" : move + " ")
              + allocation.path("grant").asText()
              + " "
              + allocation.path("amount").asText()
              + (to.isEmpty() || to.equals("available") ? "" : " " + to));
    }
    return String.join(", ", shares);
  }

  /** What no grant covered; empty if that is nothing. */
  static String beyond(JsonNode entry) {
    List<String> parts = new ArrayList<>();
    for (String field : BEYOND) {
      String amount = entry.path(field).asText();
      if (!amount.isEmpty() && !amount.equals("0")) {
        parts.add(field.replace('_', ' ') + " " + amount);
      }
    }
    return String.join(", ", parts);
  }

  /** What the customer has after it; empty if it left the balance alone. */
  static String available(JsonNode entry) {
    return entry.path("balance").path("available").asText();
  }

  /** What it told, each with what it is about; empty if nothing. */
  static String alerts(JsonNode entry) {
    List<String> alerts = new ArrayList<>();
    for (JsonNode alert : entry.path("alerts")) {
      List<String> words = new ArrayList<>();
      words.add(alert.path("type").asText().replace('_', ' '));
      for (String detail : List.of("grant", "top_up", "amount", "available", "remaining")) {
        if (alert.has(detail)) {
          words.add(alert.path(detail).asText());
        }
      }
      alerts.add(String.join(" ", words));
    }
    return String.join(", ", alerts);
  }

  /** Whose it is and what it did, in a sentence. */
  static String sentence(JsonNode entry) {
    return entry.path("customer").asText() + ": " + deed(entry);
  }

  /** What it did. */
  static String deed(JsonNode entry) {
    JsonNode made = entry.path("made");
    String amount = amount(entry);
    String grant = entry.path("grant").asText();
    String reservation = entry.path("reservation").asText();
    return switch (entry.path("type").asText()) {
      case "grant" -> "granted " + amount + made(made);
      case "usage" -> "used " + amount + measured(entry);
      case "reserve" ->
          "holds "
              + amount
              + measured(entry)
              + " as "
              + entry.path("id").asText()
              + " until "
              + GrantTable.expiry(entry);
      case "settle" -> "settled " + reservation + " at " + amount + measured(entry);
      case "release" -> "released " + reservation;
      case "lapse" -> reservation + " ran out";
      case "reverse" -> "reversed " + amount + " of " + entry.path("usage").asText();
      case "void" -> "took back " + amount + " of " + grant;
      case "adjust" -> "adjusted by " + amount + (made.isMissingNode() ? "" : made(made));
      case "confirm" -> "confirmed " + grant + ", " + entry.path("state").asText();
      case "cancel" -> "cancelled " + grant;
      case "extend" -> "changed " + grant + ", expires " + GrantTable.expiry(entry);
      case "configure" -> "changed the settings";
      case "effective" -> grant + " has become effective";
      case "expire" -> "lost " + amount + " of " + grant + ", expired";
      case "renew" -> "renewed " + grant + " by " + amount + made(made);
      case "top_up" -> entry.path("top_up").asText() + " " + entry.path("outcome").asText();
      case "remind" -> grant.isEmpty() ? "looked at again" : "reminded of " + grant;
      default -> entry.path("type").asText() + (amount.isEmpty() ? "" : " of " + amount);
    };
  }

  private static String made(JsonNode made) {
    return " as "
        + made.path("grant").asText()
        + ", "
        + made.path("state").asText()
        + ", expires "
        + GrantTable.expiry(made);
  }

  /** What a meter measured, as the end of a sentence; empty if none did. */
  static String measured(JsonNode entry) {
    String meter = entry.path("meter").asText();
    String quantity = entry.path("quantity").asText();
    return meter.isEmpty() ? "" : " for " + (quantity.isEmpty() ? "" : quantity + " of ") + meter;
  }
}
