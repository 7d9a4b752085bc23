package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import java.io.PrintWriter;

/** The explanation of a usage, as a person reads it. */
final class ExplanationText {

  private ExplanationText() {}

  static void print(JsonNode told, PrintWriter out) {
    boolean accepted = told.path("state").asText().equals("accepted");
    JsonNode entry = told.path("entry");
    out.println(
        accepted
            ? EntryText.sentence(entry)
            : told.path("customer").asText()
                + ": "
                + told.path("id").asText()
                + " was refused, "
                + told.path("refusal").path("code").asText());
    (accepted ? facts(told, entry) : refusal(told.path("refusal"))).print(out);
    rates(told.path("pricing"), out);
    grants(told, out);
    balance(told, out);
    links(told, out);
    deliveries(told.path("deliveries"), out);
    if (told.path("stripe").isObject()) {
      out.println();
      stripe(told.path("stripe"), out);
    }
  }

  private static void stripe(JsonNode stripe, PrintWriter out) {
    if (!stripe.has("meter")) {
      out.println("Stripe: " + words(stripe.path("state")));
      return;
    }
    out.println(
        "Stripe: counts "
            + stripe.path("counts").asText()
            + " in the window from "
            + stripe.path("window_start").asText()
            + " to "
            + stripe.path("window_end").asText()
            + " of meter "
            + stripe.path("meter").asText()
            + ", "
            + words(stripe.path("state")));
    for (JsonNode event : stripe.path("events")) {
      out.println(
          "  event "
              + event.path("identifier").asText()
              + ": "
              + event.path("value").asText()
              + ", "
              + event.path("state").asText()
              + (event.path("reason").asText().isEmpty()
                  ? ""
                  : " (" + event.path("reason").asText() + ")"));
    }
  }

  private static Rows facts(JsonNode told, JsonNode entry) {
    return new Rows()
        .with("entry", entry.path("sequence").asText() + " at " + place(told.path("journal")))
        .with("input", place(entry.path("source")))
        .with("read from", "the " + told.path("read_from").asText("topic"))
        .with("occurred", Instants.shown(occurred(entry)))
        .with("recorded", Instants.shown(entry.path("recorded_at").asText()));
  }

  /** Left out of an entry where it is when it was recorded. */
  private static String occurred(JsonNode entry) {
    return entry.path("occurred_at").asText(entry.path("recorded_at").asText());
  }

  private static Rows refusal(JsonNode refusal) {
    return new Rows()
        .with("why", refusal.path("detail").asText())
        .with("remedy", refusal.path("remedy").asText())
        .with(
            "refused",
            "after entry "
                + refusal.path("sequence").asText()
                + ", at "
                + place(refusal.path("rejections")))
        .with("input", place(refusal.path("source")))
        .with("recorded", Instants.shown(refusal.path("recorded_at").asText()));
  }

  private static String place(JsonNode record) {
    return record.path("topic").asText()
        + "-"
        + record.path("partition").asText()
        + "@"
        + record.path("offset").asText();
  }

  private static void rates(JsonNode pricing, PrintWriter out) {
    if (pricing.isMissingNode()) {
      return;
    }
    out.println();
    if (!pricing.path("by").asText().equals("meter")) {
      out.println("Price: " + pricing.path("credits").asText() + " credits, as the event says");
      return;
    }
    out.println(
        "Price: "
            + pricing.path("quantity").asText()
            + " of "
            + pricing.path("meter").asText()
            + " is "
            + pricing.path("credits").asText()
            + " credits, by catalog "
            + pricing.path("catalog").asText());
    Table table = Table.of("RULE", "RATE", "VERDICT", "WHY");
    for (JsonNode rate : pricing.path("rates")) {
      String per = rate.path("per").asText();
      table.row(
          rate.path("rule").asText(),
          rate.path("credits").asText() + (per.equals("1") ? "" : " per " + per),
          words(rate.path("verdict")),
          rate.path("why").asText());
    }
    table.print(out, "  ");
  }

  private static void grants(JsonNode told, PrintWriter out) {
    if (told.path("grants").isEmpty()) {
      return;
    }
    out.println();
    out.println("Grants in burn order, as they stood before");
    Table table = Table.of("GRANT", "AVAILABLE", "HELD", "PAID", "VERDICT", "WHY");
    for (JsonNode grant : told.path("grants")) {
      table.row(
          grant.path("before").path("id").asText(),
          grant.path("before").path("available").asText(),
          grant.path("before").path("held").asText(),
          grant.path("paid").asText(),
          words(grant.path("verdict")),
          grant.path("why").asText());
    }
    table.print(out, "  ");
  }

  private static void balance(JsonNode told, PrintWriter out) {
    JsonNode beyond = told.path("beyond");
    if (beyond.isMissingNode()) {
      return;
    }
    out.println();
    String amount = beyond.path("amount").asText("0");
    out.println(
        (amount.equals("0")
                ? "Beyond grants: nothing"
                : "Beyond grants: " + amount + " " + words(beyond.path("kind")))
            + "; the policy is "
            + beyond.path("policy").asText()
            + (beyond.hasNonNull("limit") ? " up to " + beyond.path("limit").asText() : "")
            + ", set by the "
            + beyond.path("set_by").asText());
    JsonNode balance = told.path("balance");
    out.println("Balance in " + balance.path("unit").asText());
    Table table = Table.withAmounts(1, "", "AVAILABLE", "HELD", "SETTLED", "OVERAGE", "OVERDRAFT");
    for (String when : new String[] {"before", "after"}) {
      JsonNode one = balance.path(when);
      if (!one.isMissingNode()) {
        table.row(
            when,
            one.path("available").asText(),
            one.path("held").asText(),
            one.path("settled").asText(),
            one.path("overage").asText(),
            one.path("overdraft").asText());
      }
    }
    table.print(out, "  ");
  }

  private static void links(JsonNode told, PrintWriter out) {
    if (!told.path("links").isEmpty()) {
      out.println();
    }
    for (JsonNode link : told.path("links")) {
      out.println(
          words(link.path("relation"))
              + " "
              + link.path("id").asText()
              + ", entry "
              + link.path("sequence").asText()
              + ": "
              + link.path("credits").asText()
              + " credits");
    }
  }

  private static void deliveries(JsonNode deliveries, PrintWriter out) {
    if (!deliveries.isEmpty()) {
      out.println();
    }
    for (JsonNode other : deliveries) {
      out.println(
          (other.path("outcome").asText().equals("duplicate")
                  ? "Delivered again"
                  : "Also refused, " + other.path("code").asText())
              + " at "
              + place(other.path("source"))
              + ", "
              + Instants.shown(other.path("recorded_at").asText()));
    }
  }

  private static String words(JsonNode name) {
    return name.asText().replace('_', ' ');
  }
}
