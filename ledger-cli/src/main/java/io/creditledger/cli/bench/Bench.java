package io.creditledger.cli.bench;

import io.creditledger.cli.bench.report.Figure;
import io.creditledger.cli.bench.report.Report;
import io.creditledger.cli.bench.rig.Broker;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What the measurements of one run share: sizes, the broker, where to tell progress and figures.
 */
final class Bench {

  private final BenchPlan plan;
  private final Broker broker;
  private final Path directory;
  private final PrintWriter out;
  private final Report report = new Report();
  private final long begun = System.nanoTime();

  Bench(BenchPlan plan, Broker broker, Path directory, PrintWriter out) {
    this.plan = plan;
    this.broker = broker;
    this.directory = directory;
    this.out = out;
  }

  BenchPlan plan() {
    return plan;
  }

  Broker broker() {
    return broker;
  }

  Path directory() {
    return directory;
  }

  Report report() {
    return report;
  }

  /** The median of a figure so far, if this run has measured it. */
  OptionalDouble median(String what) {
    return report.figures().stream()
        .filter(figure -> figure.what().equals(what))
        .mapToDouble(Figure::median)
        .findFirst();
  }

  /** Says what goes on, and since when. */
  void tell(String what) {
    Duration since = Duration.ofNanos(System.nanoTime() - begun);
    out.println(
        String.format(Locale.ROOT, "%3d:%02d  %s", since.toMinutes(), since.toSecondsPart(), what));
    out.flush();
  }

  /** Adds a round's value to the figures, and tells it. */
  void figure(String measurement, String what, String unit, double value) {
    report.add(measurement, what, unit, value);
    tell("%s: %s %s%s".formatted(measurement, what, Report.text(value), unit));
  }
}
