package io.creditledger.cli.client;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Facts under a sentence, a name and a value each; what has no value is left out. */
final class Rows {

  private final Map<String, String> rows = new LinkedHashMap<>();

  Rows with(String name, String value) {
    if (!value.isEmpty()) {
      rows.put(name, value);
    }
    return this;
  }

  Rows with(Rows more) {
    rows.putAll(more.rows);
    return this;
  }

  void print(PrintWriter out) {
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    rows.forEach(
        (name, value) -> out.println("  " + name + " ".repeat(width + 2 - name.length()) + value));
  }
}
