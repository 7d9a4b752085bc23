package io.creditledger.cli.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.core.replay.Standing;
import io.creditledger.streams.replay.CustomerDifference;
import io.creditledger.streams.replay.JournalComparison;
import io.creditledger.streams.replay.ReplayReport;
import io.creditledger.streams.replay.StateComparison;
import io.creditledger.streams.replay.WhatIfReport;
import java.io.PrintWriter;

/** Results of replays as JSON. */
final class ReplayJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReplayJson() {}

  static void print(PrintWriter out, String prefix, ReplayReport report) {
    ObjectNode root =
        MAPPER
            .createObjectNode()
            .put("verdict", report.equal() ? "equal" : "different")
            .put("prefix", prefix)
            .put("entries", report.entries())
            .put("refusals", report.refusals())
            .put("feeding_seconds", report.feeding().toMillis() / 1000.0)
            .put("seconds", report.took().toMillis() / 1000.0);
    ArrayNode topics = root.putArray("topics");
    for (JournalComparison one : report.journals()) {
      topics
          .addObject()
          .put("topic", one.topic())
          .put("partition", one.partition())
          .put("records", one.records())
          .put("live", one.live().toString())
          .put("replayed", one.replayed().toString())
          .put("difference", one.difference().orElse(""));
    }
    ArrayNode states = root.putArray("states");
    for (StateComparison one : report.states()) {
      states
          .addObject()
          .put("partition", one.partition())
          .put("customers", one.customers())
          .put("moved_on", one.movedOn())
          .put("live", one.live().toString())
          .put("replayed", one.replayed().toString())
          .put("difference", one.difference().orElse(""));
    }
    ArrayNode notes = root.putArray("notes");
    report.notes().forEach(notes::add);
    print(out, root);
  }

  static void print(PrintWriter out, WhatIfReport report) {
    ObjectNode root =
        MAPPER
            .createObjectNode()
            .put("inputs", report.inputs())
            .put("customers", report.customers())
            .put("at", report.end().toString())
            .put("seconds", report.took().toMillis() / 1000.0);
    ArrayNode differences = root.putArray("differences");
    for (CustomerDifference one : report.differences()) {
      ObjectNode node =
          differences
              .addObject()
              .put("customer", one.customer().value())
              .put("unit", one.unit().value());
      standing(node.putObject("was"), one.was()).put("refused", one.refused());
      standing(node.putObject("would_be"), one.then()).put("refused", one.refusedThen());
    }
    ArrayNode sums = root.putArray("sums");
    report
        .then()
        .forEach(
            (unit, then) -> {
              ObjectNode node = sums.addObject().put("unit", unit.value());
              standing(node.putObject("was"), report.was().getOrDefault(unit, Standing.NOTHING));
              standing(node.putObject("would_be"), then);
            });
    print(out, root);
  }

  private static ObjectNode standing(ObjectNode node, Standing standing) {
    return node.put("consumed", standing.consumed().toString())
        .put("overage", standing.overage().toString())
        .put("overdraft", standing.overdraft().toString())
        .put("forgiven", standing.forgiven().toString())
        .put("available", standing.available().toString());
  }

  private static void print(PrintWriter out, ObjectNode root) {
    out.println(root.toPrettyString());
    out.flush();
  }
}
