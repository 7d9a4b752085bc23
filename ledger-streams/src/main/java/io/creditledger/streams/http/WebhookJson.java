package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.streams.webhook.Delivery;
import io.creditledger.streams.webhook.EndpointStatus;
import io.creditledger.streams.webhook.WebhookEndpoint;
import io.creditledger.streams.webhook.WebhookType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** Webhooks as the API tells of them: nothing of a secret, no query of an address. */
final class WebhookJson {

  private WebhookJson() {}

  static void write(JsonGenerator json, EndpointStatus endpoint) throws IOException {
    json.writeStartObject();
    json.writeStringField("endpoint", endpoint.name());
    json.writeBooleanField("configured", endpoint.settings().isPresent());
    if (endpoint.settings().isPresent()) {
      WebhookEndpoint settings = endpoint.settings().get();
      json.writeStringField("url", settings.url().toString());
      json.writeArrayFieldStart("types");
      for (WebhookType type : WebhookType.OF_ALERTS) {
        if (settings.types().contains(type)) {
          json.writeString(type.wireName());
        }
      }
      json.writeEndArray();
    }
    json.writeNumberField("pending", endpoint.pending());
    json.writeNumberField("delivered", endpoint.delivered());
    json.writeNumberField("dead", endpoint.dead());
    Json.writeTime(json, "oldest_pending_at", endpoint.oldestPending());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, Delivery delivery) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", delivery.id());
    json.writeStringField("endpoint", delivery.endpoint());
    json.writeStringField("webhook_id", delivery.webhookId());
    json.writeStringField("alert", delivery.alert());
    json.writeStringField("type", delivery.type());
    json.writeStringField("customer", delivery.customer());
    json.writeStringField("state", delivery.state().wireName());
    json.writeNumberField("attempts", delivery.attempts());
    Json.writeTime(json, "created_at", Optional.of(delivery.createdAt()));
    Json.writeTime(json, "attempted_at", delivery.attemptedAt());
    Json.writeTime(json, "ended_at", delivery.endedAt());
    Json.writeTime(json, "due_at", delivery.dueAt());
    writeStatus(json, delivery.status());
    Json.writeText(json, "detail", delivery.detail());
    json.writeEndObject();
  }

  /** The status of a receiver's answer, or null where there was none. */
  static void writeStatus(JsonGenerator json, OptionalInt status) throws IOException {
    if (status.isPresent()) {
      json.writeNumberField("status", status.getAsInt());
    } else {
      json.writeNullField("status");
    }
  }
}
