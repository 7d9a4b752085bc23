package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What is set for a customer, as a person reads it. */
final class SettingsText {

  private SettingsText() {}

  static void print(Answer answer, PrintWriter out) {
    JsonNode settings = answer.json();
    out.println(
        settings.path("customer").asText() + ", after entry " + settings.path("sequence").asText());
    rows(settings, settings.path("alerts")).print(out);
  }

  /** A line for each setting; those that an entry leaves out are not set. */
  static Rows rows(JsonNode settings, JsonNode alerts) {
    Rows rows =
        new Rows()
            .with("plan", orElse(settings, "plan", "none"))
            .with("time zone", settings.path("time_zone").asText().replaceFirst("^Z$", "UTC"))
            .with("overdraft", overdraft(settings));
    alerts
        .properties()
        .forEach(one -> rows.with("alerts in " + one.getKey(), alert(one.getValue())));
    if (alerts.isEmpty()) {
      rows.with("alerts", "the catalog's");
    }
    JsonNode topUp = settings.path("top_up");
    return topUp.isObject()
        ? rows.with("top-up", topUp(topUp)).with("state", state(topUp))
        : rows.with("top-up", "none");
  }

  private static String orElse(JsonNode of, String field, String otherwise) {
    return of.hasNonNull(field) ? of.path(field).asText() : otherwise;
  }

  private static String overdraft(JsonNode settings) {
    return orElse(settings, "overdraft_policy", "the meter's, or the catalog's")
        + (settings.hasNonNull("overdraft_limit")
            ? ", at most " + settings.path("overdraft_limit").asText()
            : "");
  }

  private static String alert(JsonNode rule) {
    List<String> parts = new ArrayList<>();
    if (rule.hasNonNull("low")) {
      parts.add("low at " + rule.path("low").asText());
    }
    if (rule.hasNonNull("low_share")) {
      parts.add("low at " + rule.path("low_share").asText() + " of what was granted");
    }
    if (rule.hasNonNull("expiring_soon")) {
      parts.add("expiring soon at " + rule.path("expiring_soon").asText());
    }
    return parts.isEmpty() ? "depleted and recovered only" : String.join(", ", parts);
  }

  private static String topUp(JsonNode rule) {
    String unit = " " + rule.path("unit").asText();
    String size =
        rule.hasNonNull("amount")
            ? rule.path("amount").asText() + unit
            : "up to " + rule.path("target").asText() + unit;
    return size
        + " below "
        + rule.path("threshold").asText()
        + (rule.hasNonNull("monthly_cap")
            ? ", at most " + rule.path("monthly_cap").asText() + " a month"
            : "")
        + ", not again within "
        + rule.path("cool_down").asText()
        + ", paused after "
        + rule.path("failures_max").asText()
        + " failures";
  }

  /** Where a rule stands; empty where that is not told, or there is nothing to tell. */
  private static String state(JsonNode rule) {
    List<String> parts = new ArrayList<>();
    if (rule.hasNonNull("pending")) {
      parts.add("waits for " + rule.path("pending").asText());
    }
    if (rule.path("failures").asInt() > 0) {
      parts.add(rule.path("failures").asText() + " failed in a row");
    }
    if (rule.path("paused").asBoolean()) {
      parts.add("paused until it is set again");
    }
    return String.join(", ", parts);
  }
}
