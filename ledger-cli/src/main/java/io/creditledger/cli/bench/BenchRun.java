package io.creditledger.cli.bench;

import io.creditledger.cli.bench.report.ReportJson;
import io.creditledger.cli.bench.rig.Broker;
import io.creditledger.cli.stack.LogFile;
import io.creditledger.cli.stack.TemporaryDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of some measurements on one broker. */
final class BenchRun {

  /** All there is to measure, in the order it is done. */
  static final List<Measurement> ALL =
      List.of(
          new CoreMeasurement(),
          new ClientsMeasurement(),
          new ThroughputMeasurement(),
          new PostgresMeasurement(),
          new BytesMeasurement(),
          new GrowthMeasurement(),
          new LatencyMeasurement(),
          new RestMeasurement(),
          new AuditMeasurement(),
          new RestartMeasurement());

  private BenchRun() {}

  /** Measures, prints the table, and writes the JSON where that is wanted. */
  static void run(
      PrintWriter out, BenchPlan plan, List<Measurement> measurements, Optional<Path> json)
      throws InterruptedException {
    Instant started = Instant.now();
    try (TemporaryDirectory directory = TemporaryDirectory.of("bench")) {
      Path log = LogFile.in(directory.path());
      try (Broker broker = Broker.start(directory.path())) {
        Bench bench = new Bench(plan, broker, directory.path(), out);
        for (Measurement measurement : measurements) {
          bench.tell(measurement.name() + ": " + measurement.about());
          // What the one before has left is not this one's.
          System.gc();
          measurement.run(bench);
        }
        out.println();
        bench.report().print(out);
        json.ifPresent(
            file ->
                ReportJson.write(
                    file, started, Instant.now(), settings(plan, measurements), bench.report()));
      } catch (RuntimeException failed) {
        directory.keep();
        out.println("The logs are in " + log.getParent() + ".");
        throw failed;
      }
    }
  }

  private static Map<String, String> settings(BenchPlan plan, List<Measurement> measurements) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "measurements", String.join(",", measurements.stream().map(Measurement::name).toList()));
    settings.put("plan", plan.toString());
    return settings;
  }
}
