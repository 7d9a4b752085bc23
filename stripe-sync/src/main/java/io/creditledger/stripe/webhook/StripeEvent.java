package io.creditledger.stripe.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.json.StripeJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as Stripe told it.
 *
 * @param type as Stripe names it: {@code invoice.paid}, or {@code v1.invoice.paid} where it is thin
 * @param objectId the object it is about; empty where Stripe gives none
 * @param apiVersion which shapes its object; empty of a thin event, which has none
 * @param createdAt in Stripe's time
 * @param json all of it
 */
public record StripeEvent(
    String id,
    Style style,
    String type,
    String objectId,
    String apiVersion,
    Instant createdAt,
    JsonNode json) {

  /** How much an event tells. */
  public enum Style {
    /** The whole object, as one version of the API shapes it. */
    SNAPSHOT,
    /** Which object it is about. */
    THIN
  }

  /**
   * Reads an event.
   *
   * @throws UnreadableEventException if these bytes are none
   */
  public static StripeEvent read(byte[] body) throws UnreadableEventException {
    JsonNode json =
        StripeJson.parse(body).orElseThrow(() -> new UnreadableEventException("it is not JSON"));
    return read(json);
  }

  /**
   * Reads an event.
   *
   * @throws UnreadableEventException if this is none
   */
  static StripeEvent read(JsonNode json) throws UnreadableEventException {
    try {
      return switch (json.path("object").asText()) {
        case "event" ->
            new StripeEvent(
                required(json, "id"),
                Style.SNAPSHOT,
                required(json, "type"),
                json.path("data").path("object").path("id").asText(),
                json.path("api_version").asText(""),
                Instant.ofEpochSecond(json.path("created").asLong()),
                json);
        case "v2.core.event" ->
            new StripeEvent(
                required(json, "id"),
                Style.THIN,
                required(json, "type"),
                json.path("related_object").path("id").asText(),
                "",
                Instant.parse(required(json, "created")),
                json);
        default -> throw new UnreadableEventException("it is no event: " + kind(json));
      };
    } catch (DateTimeException e) {
      throw new UnreadableEventException("its time cannot be read: " + e.getMessage());
    }
  }

  private static String kind(JsonNode json) {
    return json.has("object") ? "its object is " + json.path("object") : "it names no object";
  }

  private static String required(JsonNode json, String field) throws UnreadableEventException {
    return Optional.of(json.path(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> new UnreadableEventException("it has no " + field));
  }

  /** The object of a snapshot. */
  public JsonNode object() {
    return json.path("data").path("object");
  }

  /** What the changed fields of a snapshot's object were before. */
  public JsonNode before() {
    return json.path("data").path("previous_attributes");
  }

  /** The connected account in which it happened; empty if it is the account's own. */
  public Optional<String> connectedAccount() {
    return StripeJson.text(json, "account").or(() -> StripeJson.text(json, "context"));
  }
}
