package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.replay.GrantAt;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A grant as the API shows it. Field names are encoded once: a balance is mostly these. */
final class GrantJson {

  private static final SerializedString ID = new SerializedString("id");
  private static final SerializedString AMOUNT = new SerializedString("amount");
  private static final SerializedString REMAINING = new SerializedString("remaining");
  private static final SerializedString HELD = new SerializedString("held");
  private static final SerializedString AVAILABLE = new SerializedString("available");
  private static final SerializedString PRIORITY = new SerializedString("priority");
  private static final SerializedString CATEGORY = new SerializedString("category");
  private static final SerializedString STATE = new SerializedString("state");
  private static final SerializedString EFFECTIVE_AT = new SerializedString("effective_at");
  private static final SerializedString EXPIRES_AT = new SerializedString("expires_at");
  private static final SerializedString SCOPE = new SerializedString("scope");

  private GrantJson() {}

  /** What a balance says of a grant. */
  static void writeShort(JsonGenerator json, Grant grant) throws IOException {
    json.writeStartObject();
    writeFields(json, grant);
    json.writeEndObject();
  }

  /** The same of a grant as it was once. */
  static void writeShort(JsonGenerator json, GrantAt grant) throws IOException {
    json.writeStartObject();
    writeFields(
        json, grant.terms(), grant.state(), grant.granted(), grant.remaining(), grant.held());
    json.writeEndObject();
  }

  /** Everything that is known of a grant. */
  static void writeFull(JsonGenerator json, Grant grant, GrantDetails details) throws IOException {
    json.writeStartObject();
    writeFields(json, grant);
    json.writeStringField("unit", grant.terms().unit().value());
    json.writeStringField("adjusted", grant.adjusted().toString());
    json.writeStringField("consumed", grant.consumed().toString());
    json.writeStringField("expired", grant.expired().toString());
    json.writeStringField("voided", grant.voided().toString());
    json.writeNumberField("sequence", grant.terms().sequence());
    Json.writeText(json, "name", details.name());
    writeCost(json, details.costBasis());
    json.writeObjectFieldStart("metadata");
    for (Map.Entry<String, String> one : new TreeMap<>(details.metadata()).entrySet()) {
      json.writeStringField(one.getKey(), one.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeFields(JsonGenerator json, Grant grant) throws IOException {
    writeFields(
        json, grant.terms(), grant.state(), grant.granted(), grant.remaining(), grant.held());
  }

  private static void writeFields(
      JsonGenerator json,
      GrantTerms terms,
      GrantState state,
      Credits granted,
      Credits remaining,
      Credits held)
      throws IOException {
    write(json, ID, terms.id().value());
    write(json, AMOUNT, granted);
    write(json, REMAINING, remaining);
    write(json, HELD, held);
    write(json, AVAILABLE, remaining.minus(held));
    json.writeFieldName(PRIORITY);
    json.writeNumber(terms.priority());
    write(json, CATEGORY, terms.category().wireName());
    write(json, STATE, state.wireName());
    write(json, EFFECTIVE_AT, terms.effectiveAt().toString());
    json.writeFieldName(EXPIRES_AT);
    Optional<Instant> expiresAt = terms.expiresAt();
    if (expiresAt.isPresent()) {
      json.writeString(expiresAt.get().toString());
    } else {
      json.writeNull();
    }
    json.writeFieldName(SCOPE);
    writeScope(json, terms.scope());
  }

  private static void writeScope(JsonGenerator json, Scope scope) throws IOException {
    json.writeStartObject();
    if (!scope.meters().isEmpty()) {
      json.writeArrayFieldStart("meters");
      for (MeterName meter : scope.meters()) {
        json.writeString(meter.value());
      }
      json.writeEndArray();
    }
    if (!scope.subscriptions().isEmpty()) {
      json.writeArrayFieldStart("subscriptions");
      for (SubscriptionId subscription : scope.subscriptions()) {
        json.writeString(subscription.value());
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeCost(JsonGenerator json, Optional<CostBasis> cost) throws IOException {
    if (cost.isEmpty()) {
      json.writeNullField("cost_basis");
      return;
    }
    json.writeObjectFieldStart("cost_basis");
    json.writeStringField("amount", cost.get().amount().toString());
    json.writeStringField("currency", cost.get().currency());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, SerializedString field, Credits amount) throws IOException {
    write(json, field, amount.toString());
  }

  static void write(JsonGenerator json, SerializedString field, String text) throws IOException {
    json.writeFieldName(field);
    json.writeString(text);
  }
}
