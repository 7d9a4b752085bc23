package io.creditledger.cli.bench.report;

import java.util.List;

/**
 * What one thing measured came to, round by round.
 *
 * @param measurement the measurement it belongs to
 * @param what the thing measured
 * @param unit of the values, such as {@code /s} or {@code ms}
 * @param rounds the value of each round, in their order
 */
public record Figure(String measurement, String what, String unit, List<Double> rounds) {

  /** Copies the rounds. */
  public Figure {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("a figure without a round: " + what);
    }
  }

  /** The value that half of the rounds do not exceed. */
  public double median() {
    List<Double> sorted = rounds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The least of all rounds. */
  public double least() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The greatest of all rounds. */
  public double greatest() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
