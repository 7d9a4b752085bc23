package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.streams.projection.UsageQuery;
import io.creditledger.streams.projection.UsageSum;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a customer used, summed by meter, day, subscription or a property. */
final class UsageSumsResource {

  private static final int LIMIT_DEFAULT = 1000;
  private static final int PROPERTY_CHARS_MAX = 200;

  private static final ZoneId UTC = ZoneId.of("UTC");

  private final Statement statement;

  UsageSumsResource(Statement statement) {
    this.statement = statement;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/customers/{customer}/usage", this::sums));
  }

  private Reply sums(Request request) {
    CustomerId customer = request.customer();
    Query query =
        request.query(
            "group_by",
            "property",
            "unit",
            "meter",
            "subscription",
            "from",
            "to",
            "time_zone",
            "limit");
    UsageQuery asked = asked(query);
    int limit = query.limit(LIMIT_DEFAULT);
    long through = statement.ask(access -> access.last(customer));
    List<UsageSum> sums = statement.ask(access -> access.usage(customer, asked, limit));
    return Reply.json(200, json -> write(json, customer, asked, sums, limit, through))
        .with("Cache-Control", "no-store");
  }

  private static UsageQuery asked(Query query) {
    List<UsageQuery.Key> by =
        query.read("group_by", UsageSumsResource::keys).orElse(List.of(UsageQuery.Key.METER));
    Optional<String> property = query.read("property", UsageSumsResource::property);
    if (by.contains(UsageQuery.Key.PROPERTY) != property.isPresent()) {
      throw Problem.of(
              ErrorCode.PARAMETER_INVALID,
              "property",
              "property names the property that group_by=property tells usage apart by")
          .exception();
    }
    return new UsageQuery(
        by,
        property,
        query.read("unit", Unit::new),
        query.read("meter", MeterName::new),
        query.read("subscription", SubscriptionId::new),
        EntryQuery.period(query, "from", "to"),
        query.read("time_zone", UsageSumsResource::zone).orElse(UTC));
  }

  private static List<UsageQuery.Key> keys(String text) {
    List<UsageQuery.Key> keys =
        Arrays.stream(text.split(",", -1))
            .map(
                name ->
                    UsageQuery.Key.ofWireName(name)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "group_by is not of meter, day, subscription and property: "
                                        + name)))
            .toList();
    if (keys.stream().distinct().count() < keys.size()) {
      throw new IllegalArgumentException("group_by names one twice: " + text);
    }
    return keys;
  }

  private static String property(String name) {
    if (name.isEmpty() || name.length() > PROPERTY_CHARS_MAX || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "property is not a name of 1 to " + PROPERTY_CHARS_MAX + " characters");
    }
    return name;
  }

  /** A zone by its name, which PostgreSQL and Java know alike; offsets they read differently. */
  private static ZoneId zone(String text) {
    if (ZoneId.getAvailableZoneIds().contains(text)) {
      return ZoneId.of(text);
    }
    throw new IllegalArgumentException(
        "time_zone is not a name such as Europe/Berlin: \"" + text + "\"");
  }

  private static void write(
      JsonGenerator json,
      CustomerId customer,
      UsageQuery asked,
      List<UsageSum> sums,
      int limit,
      long through)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("customer", customer.value());
    json.writeArrayFieldStart("group_by");
    for (UsageQuery.Key key : asked.by()) {
      json.writeString(key.wireName());
    }
    json.writeEndArray();
    json.writeStringField("time_zone", asked.timeZone().getId());
    json.writeArrayFieldStart("sums");
    for (UsageSum sum : sums) {
      write(json, asked, sum);
    }
    json.writeEndArray();
    json.writeBooleanField("complete", sums.size() < limit);
    json.writeNumberField("statement_through", through);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, UsageQuery asked, UsageSum sum) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < asked.by().size(); i++) {
      Json.writeText(json, asked.by().get(i).wireName(), sum.keys().get(i));
    }
    json.writeStringField("unit", sum.unit());
    json.writeNumberField("events", sum.events());
    Json.writeText(json, "quantity", sum.quantity().map(UsageSumsResource::text));
    json.writeStringField("credits", text(sum.credits()));
    json.writeStringField("reversed", text(sum.reversed()));
    json.writeStringField("net", text(sum.net()));
    json.writeStringField("overage", text(sum.overage()));
    json.writeEndObject();
  }

  private static String text(BigDecimal exact) {
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }
}
