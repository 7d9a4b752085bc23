package io.creditledger.cli.bench.report;

import io.creditledger.cli.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All figures of one run, in the order they were first measured. Used by one thread. */
public final class Report {

  private static final int DECIMALS_BELOW = 100;
  private static final int FINE_BELOW = 10;

  private record Name(String measurement, String what, String unit) {}

  private final Map<Name, List<Double>> figures = new LinkedHashMap<>();

  /** Adds a round's value. */
  public void add(String measurement, String what, String unit, double value) {
    figures
        .computeIfAbsent(new Name(measurement, what, unit), none -> new ArrayList<>())
        .add(value);
  }

  /** What was measured. */
  public List<Figure> figures() {
    return figures.entrySet().stream()
        .map(
            figure ->
                new Figure(
                    figure.getKey().measurement(),
                    figure.getKey().what(),
                    figure.getKey().unit(),
                    figure.getValue()))
        .toList();
  }

  /** Writes the table: medians, and between which values the rounds lie. */
  public void print(PrintWriter out) {
    Table table =
        Table.withAmounts(
            2, "measurement", "what", "median", "least", "greatest", "unit", "rounds");
    for (Figure figure : figures()) {
      table.row(
          figure.measurement(),
          figure.what(),
          text(figure.median()),
          text(figure.least()),
          text(figure.greatest()),
          figure.unit(),
          figure.rounds().size());
    }
    table.print(out, "");
    out.flush();
  }

  /** A value with as many decimals as its size deserves. */
  public static String text(double value) {
    String format = value < FINE_BELOW ? "%,.3f" : value < DECIMALS_BELOW ? "%,.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
