package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.account.Account;
import io.creditledger.core.account.Balances;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Reason;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.Unit;
import io.creditledger.core.wire.AlertJson;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.query.LedgerAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What an event would do, decided by the same function and written nowhere. */
final class PreviewResource {

  private final LedgerAccess ledger;
  private final Owners owners;
  private final Writes writes;
  private final Clock clock;

  PreviewResource(LedgerAccess ledger, Owners owners, Writes writes, Clock clock) {
    this.ledger = ledger;
    this.owners = owners;
    this.writes = writes;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/preview", this::preview));
  }

  private Reply preview(Request request) {
    LedgerEvent event =
        writes.readBody(
            LedgerEvent.class,
            source(request.body()),
            request,
            Map.of("type", "usage", "id", "preview"),
            Prefer.AWAIT);
    return owners.answer(
        event.customer(),
        request,
        () -> {
          Account before = ledger.account(event.customer(), Consistency.LATEST);
          Decision decision = ledger.preview(event);
          Instant now = clock.instant();
          return Reply.json(200, json -> write(json, event, before, decision, now))
              .with("Cache-Control", "no-store");
        });
  }

  /** The topic that the event's type belongs to. */
  private static Source source(byte[] body) {
    Optional<String> name = JsonObject.text(body, "type");
    Optional<EventType> type = name.flatMap(EventType::ofWireName);
    if (name.isPresent() && type.filter(one -> one.source() != Source.EXPIRY).isEmpty()) {
      throw Problem.of(
              Reason.TYPE_UNKNOWN,
              Optional.of("type"),
              "no caller sends events of type \"" + name.get() + "\"")
          .exception();
    }
    return type.map(EventType::source).orElse(Source.USAGE);
  }

  private static void write(
      JsonGenerator json, LedgerEvent event, Account before, Decision decision, Instant now)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("customer", event.customer().value());
    json.writeStringField("id", event.id().value());
    switch (decision) {
      case Decision.Accepted accepted -> {
        json.writeStringField("outcome", "accepted");
        writeRaw(json, "entry", EntryJson.write(accepted.entry()));
        writeBalances(json, before, accepted.applied().account(), now);
        writeAlerts(json, accepted.entry());
      }
      case Decision.Duplicate duplicate -> {
        json.writeStringField("outcome", "duplicate");
        json.writeNumberField("of", duplicate.of());
        writeBalances(json, before, before, now);
      }
      case Decision.Rejected rejected -> {
        Problem problem = Problem.of(rejected.reason(), event, rejected.detail());
        json.writeStringField("outcome", "rejected");
        json.writeObjectFieldStart("problem");
        json.writeNumberField("status", problem.status());
        problem.writeTo(json);
        json.writeStringField("remedy", problem.remedy());
        json.writeEndObject();
        writeBalances(json, before, before, now);
      }
    }
    json.writeEndObject();
  }

  private static void writeAlerts(JsonGenerator json, LedgerEntry entry) throws IOException {
    json.writeArrayFieldStart("alerts");
    for (int i = 0; i < entry.alerts().size(); i++) {
      byte[] alert = AlertJson.write(entry.header().customer(), entry, entry.alerts().get(i), i);
      json.writeRawValue(new String(alert, StandardCharsets.UTF_8));
    }
    json.writeEndArray();
  }

  private static void writeRaw(JsonGenerator json, String field, byte[] value) throws IOException {
    json.writeFieldName(field);
    json.writeRawValue(new String(value, StandardCharsets.UTF_8));
  }

  private static void writeBalances(JsonGenerator json, Account before, Account after, Instant now)
      throws IOException {
    Set<Unit> units = new TreeSet<>(Comparator.comparing(Unit::value));
    units.addAll(Balances.units(before));
    units.addAll(Balances.units(after));
    json.writeArrayFieldStart("balances");
    for (Unit unit : units) {
      json.writeStartObject();
      json.writeStringField("unit", unit.value());
      write(json, "before", Balances.of(before, unit, now));
      write(json, "after", Balances.of(after, unit, now));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, String field, UnitBalance balance)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("settled", balance.settled().toString());
    json.writeStringField("held", balance.held().toString());
    json.writeStringField("available", balance.available().toString());
    json.writeStringField("overage", balance.overage().toString());
    json.writeStringField("overdraft", balance.overdraft().toString());
    json.writeEndObject();
  }
}
