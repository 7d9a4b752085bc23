package io.creditledger.stripe.simulator.meter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.state.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events that turned out wrong after they were accepted. They are gathered and reported together, a
 * report for each meter and one for those without, each with a few samples.
 */
final class MeterErrors {

  private record Failure(String meter, String code, String message, MeterEvent event, Instant at) {}

  private final World world;
  private final EventLog log;
  private final Duration window;
  private final int samplesMax;
  private final List<Failure> failures = new ArrayList<>();

  MeterErrors(World world, EventLog log, Duration window, int samplesMax) {
    this.world = world;
    this.log = log;
    this.window = window;
    this.samplesMax = samplesMax;
  }

  /** Notes that an accepted event does not count; {@code meter} is empty if there is none. */
  void add(String meter, String code, String message, MeterEvent event) {
    failures.add(new Failure(meter, code, message, event, world.instant()));
  }

  /** Reports what has been waiting for a whole window. */
  void reportDue() {
    if (!failures.isEmpty() && !failures.getFirst().at().plus(window).isAfter(world.instant())) {
      reportAll();
    }
  }

  void reportAll() {
    Map<String, List<Failure>> byMeter = new LinkedHashMap<>();
    failures.forEach(
        failure -> byMeter.computeIfAbsent(failure.meter(), key -> new ArrayList<>()).add(failure));
    failures.clear();
    byMeter.forEach(this::report);
  }

  private void report(String meter, List<Failure> found) {
    ObjectNode data =
        Json.object()
            .put(
                "developer_message_summary",
                "There "
                    + (found.size() == 1
                        ? "is 1 invalid event"
                        : "are " + found.size() + " invalid events"))
            .put("validation_start", found.getFirst().at().toString())
            .put("validation_end", world.instant().toString());
    ObjectNode reason = data.putObject("reason").put("error_count", found.size());
    ArrayNode types = reason.putArray("error_types");
    Map<String, List<Failure>> byCode = new LinkedHashMap<>();
    found.forEach(
        failure -> byCode.computeIfAbsent(failure.code(), key -> new ArrayList<>()).add(failure));
    byCode.forEach(
        (code, failed) -> {
          ObjectNode type = types.addObject().put("code", code).put("error_count", failed.size());
          ArrayNode samples = type.putArray("sample_errors");
          failed.stream()
              .limit(samplesMax)
              .forEach(
                  failure ->
                      samples
                          .addObject()
                          .put("error_message", failure.message())
                          .putObject("request")
                          .put("identifier", failure.event().identifier()));
        });
    if (meter.isEmpty()) {
      log.emitThin("v1.billing.meter.no_meter_found", Json.object(), data);
    } else {
      log.emitThin(
          "v1.billing.meter.error_report_triggered",
          Json.object()
              .put("id", meter)
              .put("type", "billing.meter")
              .put("url", "/v1/billing/meters/" + meter),
          data);
    }
  }
}
