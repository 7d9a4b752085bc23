package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.account.Account;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Entitlement;
import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.money.Quantity;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.query.LedgerAccess;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a customer may use so much of a meter now. Nothing is held by asking. */
final class EntitlementResource {

  private static final String PROPERTY = "property.";

  private final LedgerAccess ledger;
  private final Owners owners;
  private final Clock clock;

  EntitlementResource(LedgerAccess ledger, Owners owners, Clock clock) {
    this.ledger = ledger;
    this.owners = owners;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/customers/{customer}/entitlements/{meter}", this::check));
  }

  private Reply check(Request request) {
    CustomerId customer = request.customer();
    MeterName name = request.name("meter", MeterName::new);
    Query query = Query.parse(request.rawQuery()).onlyOrWith(PROPERTY, "quantity", "subscription");
    Quantity quantity = query.read("quantity", EntitlementResource::positive).orElse(Quantity.ONE);
    Dimensions dimensions =
        new Dimensions(Optional.of(name), query.read("subscription", SubscriptionId::new));
    Map<String, String> properties = query.with(PROPERTY);
    return owners.answer(
        customer,
        request,
        () -> {
          Catalog catalog = ledger.catalog();
          Meter meter = catalog.meter(name).orElseThrow(() -> unknown(name));
          Account account = ledger.account(customer, Consistency.LATEST);
          Entitlement entitlement =
              Entitlement.of(account, catalog, dimensions, quantity, properties, clock.instant());
          return Reply.json(
                  200, json -> write(json, account, catalog, meter, quantity, entitlement))
              .with("Cache-Control", "no-store");
        });
  }

  private static Quantity positive(String text) {
    Quantity quantity = Quantity.parse(text);
    if (!quantity.isPositive()) {
      throw new IllegalArgumentException("quantity is not positive: " + quantity);
    }
    return quantity;
  }

  private static ProblemException unknown(MeterName meter) {
    return Problem.of(Reason.METER_UNKNOWN, Optional.of("meter"), "no meter \"" + meter + "\"")
        .exception();
  }

  private static void write(
      JsonGenerator json,
      Account account,
      Catalog catalog,
      Meter meter,
      Quantity quantity,
      Entitlement entitlement)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("customer", account.customer().value());
    json.writeStringField("meter", meter.name().value());
    json.writeStringField("quantity", quantity.toString());
    json.writeBooleanField("allowed", entitlement.refusal().isEmpty());
    Json.writeText(json, "reason", entitlement.refusal().map(no -> no.reason().name()));
    json.writeStringField("message", message(catalog, meter, entitlement));
    Json.writeText(json, "cost", entitlement.cost().map(Object::toString));
    json.writeStringField("unit", entitlement.unit().value());
    json.writeStringField("available", entitlement.available().toString());
    Json.writeTime(json, "next_grant_at", entitlement.nextGrantAt());
    Json.writeTime(json, "expires_next", entitlement.expiresNext());
    if (entitlement.limit().isPresent()) {
      Entitlement.Limit limit = entitlement.limit().get();
      json.writeObjectFieldStart("limit");
      json.writeStringField("quantity", limit.allowed().toString());
      json.writeStringField("per", limit.per().wireName());
      json.writeStringField("used", limit.used().toString());
      json.writeStringField("left", limit.left().toString());
      json.writeStringField("resets_at", limit.resetsAt().toString());
      json.writeEndObject();
    }
    json.writeNumberField("sequence", account.sequence());
    json.writeEndObject();
  }

  /** What an end user can be shown. */
  private static String message(Catalog catalog, Meter meter, Entitlement entitlement) {
    UnitInfo info = catalog.units().get(entitlement.unit());
    String unit = info == null ? entitlement.unit().value() : info.name();
    String cost = entitlement.cost().map(Object::toString).orElse("?");
    Optional<Reason> reason = entitlement.refusal().map(Decision.Rejected::reason);
    if (reason.isEmpty()) {
      return "This costs " + cost + " " + unit + ".";
    }
    return switch (reason.get()) {
      case INSUFFICIENT_CREDITS ->
          "This costs "
              + cost
              + " "
              + unit
              + ", and you have "
              + entitlement.available()
              + entitlement.nextGrantAt().map(at -> ". More will come at " + at + ".").orElse(".");
      case METER_DISABLED -> "Your plan does not include " + meter.displayName() + ".";
      case USAGE_LIMIT_EXCEEDED ->
          entitlement
              .limit()
              .map(
                  limit ->
                      "Your plan includes "
                          + limit.allowed()
                          + " of "
                          + meter.displayName()
                          + " a "
                          + limit.per().wireName()
                          + ", of which "
                          + limit.left()
                          + " is left until "
                          + limit.resetsAt()
                          + ".")
              .orElse("You have used all of " + meter.displayName() + " that your plan includes.");
      case OVERAGE_LIMIT_EXCEEDED ->
          "You have reached the limit of what can be billed beyond your " + unit + ".";
      case OVERDRAFT_LIMIT_EXCEEDED ->
          "You have reached the limit of what you can owe in " + unit + ".";
      case RATE_MISSING -> meter.displayName() + " has no price for this at the moment.";
      default -> meter.displayName() + " cannot be used like this.";
    };
  }
}
