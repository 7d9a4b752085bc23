package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.Rate;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.id.Unit;
import io.creditledger.streams.query.LedgerAccess;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The price list, for end users: what is counted, and what it costs. */
final class RateCardResource {

  private final LedgerAccess ledger;

  RateCardResource(LedgerAccess ledger) {
    this.ledger = ledger;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/rate-card", this::show));
  }

  private Reply show(Request request) {
    request.query();
    Catalog catalog = ledger.catalog();
    String tag = "\"" + catalog.version() + "\"";
    Reply reply =
        request.header(HeaderNames.IF_NONE_MATCH).equals(Optional.of(tag))
            ? Reply.empty(304)
            : Reply.json(200, json -> write(json, catalog));
    return reply.with("ETag", tag);
  }

  private static void write(JsonGenerator json, Catalog catalog) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", catalog.version());
    json.writeStringField("default_unit", catalog.defaultUnit().value());
    json.writeArrayFieldStart("units");
    for (Map.Entry<Unit, UnitInfo> unit : new TreeMap<>(catalog.units()).entrySet()) {
      json.writeStartObject();
      json.writeStringField("unit", unit.getKey().value());
      json.writeStringField("name", unit.getValue().name());
      json.writeStringField("description", unit.getValue().description());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("meters");
    List<Meter> meters =
        catalog.meters().values().stream()
            .sorted(Comparator.comparing(meter -> meter.name().value()))
            .toList();
    for (Meter meter : meters) {
      write(json, meter);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Meter meter) throws IOException {
    json.writeStartObject();
    json.writeStringField("meter", meter.name().value());
    json.writeStringField("name", meter.displayName());
    json.writeStringField("description", meter.description());
    json.writeStringField("unit", meter.unit().value());
    Json.writeText(json, "quantity_unit", meter.quantityUnit());
    json.writeArrayFieldStart("rates");
    for (Rate rate : meter.rates()) {
      json.writeStartObject();
      json.writeStringField("credits", rate.creditsPerPackage().toPlainString());
      json.writeStringField("per", rate.packageSize().toString());
      json.writeObjectFieldStart("match");
      for (Map.Entry<String, String> one : new TreeMap<>(rate.match()).entrySet()) {
        json.writeStringField(one.getKey(), one.getValue());
      }
      json.writeEndObject();
      Json.writeTime(json, "effective_from", rate.effectiveFrom());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
