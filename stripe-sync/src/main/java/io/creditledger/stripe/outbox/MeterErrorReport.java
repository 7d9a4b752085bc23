package io.creditledger.stripe.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What Stripe found wrong with meter events after it had accepted them. It names a few of the
 * events of each kind of error, not all.
 *
 * @param eventId of Stripe's event that told it
 * @param type of that event
 * @param meter Stripe's id; empty where there is no such meter
 */
public record MeterErrorReport(String eventId, String type, String meter, List<Errors> errors) {

  /** The types of events that carry a report. */
  public static final List<String> TYPES =
      List.of("v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found");

  /** Copies the list. */
  public MeterErrorReport {
    errors = List.copyOf(errors);
  }

  /**
   * The errors of one kind.
   *
   * @param code Stripe's
   * @param count how many there were
   * @param samples some of them
   */
  public record Errors(String code, int count, List<Sample> samples) {
    /** Copies the list. */
    public Errors {
      samples = List.copyOf(samples);
    }

    /** What Stripe says of the first sample. */
    String message() {
      return samples.isEmpty() ? "" : samples.getFirst().message();
    }
  }

  /**
   * One error.
   *
   * @param identifier of the meter event; empty where Stripe does not give it
   */
  public record Sample(String identifier, String message) {}

  /**
   * Reads a report.
   *
   * @param event the whole event as {@code GET /v2/core/events/{id}} answers it
   * @throws IllegalArgumentException if it is none
   */
  public static MeterErrorReport read(JsonNode event) {
    String type = event.path("type").asText();
    JsonNode reason = event.path("data").path("reason");
    if (!TYPES.contains(type) || !reason.path("error_types").isArray()) {
      throw new IllegalArgumentException(
          "event " + event.path("id").asText() + " of type " + type + " reports no meter errors");
    }
    List<Errors> errors = new ArrayList<>();
    for (JsonNode kind : reason.path("error_types")) {
      List<Sample> samples = new ArrayList<>();
      for (JsonNode sample : kind.path("sample_errors")) {
        samples.add(
            new Sample(
                sample.path("request").path("identifier").asText(),
                sample.path("error_message").asText()));
      }
      errors.add(
          new Errors(
              kind.path("code").asText(), kind.path("error_count").asInt(samples.size()), samples));
    }
    return new MeterErrorReport(
        event.path("id").asText(), type, event.path("related_object").path("id").asText(), errors);
  }
}
