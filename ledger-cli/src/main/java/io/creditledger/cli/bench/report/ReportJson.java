package io.creditledger.cli.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** A run as JSON: the machine, the settings, and every round of every figure. */
public final class ReportJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double GIB = 1 << 30;

  private ReportJson() {}

  /**
   * Writes the file.
   *
   * @param started when the run began
   * @param settings what it was told, by name
   */
  public static void write(
      Path file, Instant started, Instant ended, Map<String, String> settings, Report report) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("seconds", ChronoUnit.SECONDS.between(started, ended));
    machine(json.putObject("machine"));
    ObjectNode versions = json.putObject("versions");
    versions.put("java", Runtime.version().toString());
    versions.put(
        "jvm", System.getProperty("java.vendor.version", System.getProperty("java.vendor")));
    versions.put("kafka", AppInfoParser.getVersion());
    ObjectNode told = json.putObject("settings");
    settings.forEach(told::put);
    ArrayNode figures = json.putArray("figures");
    report.figures().forEach(figure -> figure(figures.addObject(), figure));
    try {
      Files.writeString(
          file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void machine(ObjectNode json) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    json.put("os", system.getName() + " " + system.getVersion());
    json.put("arch", system.getArch());
    json.put("cores", system.getAvailableProcessors());
    json.put("loadAverage", rounded(system.getSystemLoadAverage()));
    if (system instanceof com.sun.management.OperatingSystemMXBean more) {
      json.put("memoryGiB", rounded(more.getTotalMemorySize() / GIB));
    }
  }

  private static void figure(ObjectNode json, Figure figure) {
    json.put("measurement", figure.measurement());
    json.put("what", figure.what());
    json.put("unit", figure.unit());
    json.put("median", rounded(figure.median()));
    json.put("least", rounded(figure.least()));
    json.put("greatest", rounded(figure.greatest()));
    ArrayNode rounds = json.putArray("rounds");
    figure.rounds().forEach(value -> rounds.add(rounded(value)));
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
