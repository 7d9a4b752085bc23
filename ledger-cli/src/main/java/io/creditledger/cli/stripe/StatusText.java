package io.creditledger.cli.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A status for people: per part its plain values, then what somebody should look at, as tables. */
final class StatusText {

  private StatusText() {}

  static void print(JsonNode status, PrintWriter out) {
    for (Map.Entry<String, JsonNode> part : status.properties()) {
      out.println(words(part.getKey()));
      values(part.getValue(), out);
      tables(part.getValue(), out);
      out.println();
    }
  }

  private static void values(JsonNode part, PrintWriter out) {
    for (Map.Entry<String, JsonNode> value : part.properties()) {
      if (value.getValue().isValueNode()) {
        out.printf("  %-28s %s%n", words(value.getKey()), text(value.getValue()));
      }
    }
  }

  private static void tables(JsonNode part, PrintWriter out) {
    for (Map.Entry<String, JsonNode> value : part.properties()) {
      if (value.getValue().isArray() && !value.getValue().isEmpty()) {
        out.println();
        out.println("  " + words(value.getKey()));
        table(value.getValue(), out);
      }
    }
  }

  /** An array of flat objects, whose columns are all the fields that any of them has. */
  static void table(JsonNode rows, PrintWriter out) {
    Set<String> fields = new LinkedHashSet<>();
    rows.forEach(row -> row.fieldNames().forEachRemaining(fields::add));
    Table table = Table.of(fields.stream().map(StatusText::words).toArray(String[]::new));
    for (JsonNode row : rows) {
      List<String> cells = new ArrayList<>();
      fields.forEach(field -> cells.add(text(row.path(field))));
      table.row(cells.toArray());
    }
    table.print(out, "    ");
  }

  private static String words(String field) {
    return field.replace('_', ' ');
  }

  private static String text(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "-" : value.asText();
  }
}
