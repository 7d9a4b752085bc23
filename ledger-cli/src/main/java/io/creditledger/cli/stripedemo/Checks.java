package io.creditledger.cli.stripedemo;

import io.creditledger.cli.Table;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The story's numbers, each as every place tells it, and whether they agree. */
final class Checks {

  private record Figure(String what, String where, BigDecimal expected, BigDecimal actual) {
    private boolean holds() {
      return expected.compareTo(actual) == 0;
    }
  }

  private final List<Figure> numbers = new ArrayList<>();

  /** A number as one place tells it. */
  void add(String what, String where, String expected, String actual) {
    numbers.add(new Figure(what, where, new BigDecimal(expected), new BigDecimal(actual)));
  }

  boolean hold() {
    return numbers.stream().allMatch(Figure::holds);
  }

  void print(PrintWriter out) {
    Table table = Table.of("NUMBER", "AS TOLD BY", "IS", "SHOULD BE", "");
    for (Figure number : numbers) {
      table.row(
          number.what(),
          number.where(),
          number.actual().toPlainString(),
          number.expected().toPlainString(),
          number.holds() ? "agrees" : "DIFFERS");
    }
    table.print(out, "  ");
  }
}
