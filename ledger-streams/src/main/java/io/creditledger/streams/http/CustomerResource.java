package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.account.Account;
import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.entry.CustomerSettings;
import io.creditledger.core.entry.TopUpState;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.Unit;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.query.LedgerAccess;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is set for one customer. */
final class CustomerResource {

  private final LedgerAccess ledger;
  private final Owners owners;
  private final Writes writes;

  CustomerResource(LedgerAccess ledger, Owners owners, Writes writes) {
    this.ledger = ledger;
    this.owners = owners;
    this.writes = writes;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/customers/{customer}", this::show),
        Route.put("/v1/customers/{customer}", this::configure));
  }

  private Reply show(Request request) {
    CustomerId customer = request.customer();
    request.query();
    return owners.answer(
        customer, request, () -> settings(ledger.account(customer, Consistency.LATEST)));
  }

  private static Reply settings(Account account) {
    CustomerSettings settings = account.settings();
    return Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringField("customer", account.customer().value());
              json.writeNumberField("sequence", account.sequence());
              Json.writeText(
                  json,
                  "overdraft_policy",
                  settings.overdraft().map(policy -> policy.overdraft().wireName()));
              Json.writeText(
                  json,
                  "overdraft_limit",
                  settings.overdraft().flatMap(OverdraftPolicy::limit).map(Object::toString));
              json.writeStringField("time_zone", settings.timeZone().getId());
              Json.writeText(json, "plan", settings.plan());
              writeAlerts(json, settings);
              writeTopUp(json, settings.topUp(), account.topUp());
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
  }

  private static void writeAlerts(JsonGenerator json, CustomerSettings settings)
      throws IOException {
    json.writeObjectFieldStart("alerts");
    for (Map.Entry<Unit, AlertRule> one : new TreeMap<>(settings.alerts()).entrySet()) {
      AlertRule rule = one.getValue();
      json.writeObjectFieldStart(one.getKey().value());
      Json.writeText(json, "low", rule.low().map(Object::toString));
      Json.writeText(json, "low_share", rule.lowShare().map(BigDecimal::toPlainString));
      Json.writeText(json, "expiring_soon", rule.expiringSoon().map(Object::toString));
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** The rule, and where it stands. */
  private static void writeTopUp(JsonGenerator json, Optional<TopUpRule> set, TopUpState state)
      throws IOException {
    if (set.isEmpty()) {
      json.writeNullField("top_up");
      return;
    }
    TopUpRule rule = set.get();
    json.writeObjectFieldStart("top_up");
    json.writeStringField("unit", rule.unit().value());
    json.writeStringField("threshold", rule.threshold().toString());
    Json.writeText(json, "amount", rule.amount().map(Object::toString));
    Json.writeText(json, "target", rule.target().map(Object::toString));
    Json.writeText(json, "monthly_cap", rule.monthlyCap().map(Object::toString));
    json.writeStringField("cool_down", rule.coolDown().toString());
    json.writeNumberField("failures_max", rule.failuresMax());
    Json.writeText(json, "pending", state.pending().map(Object::toString));
    Json.writeTime(json, "last_at", state.lastAt());
    json.writeNumberField("failures", state.failures());
    json.writeBooleanField("paused", state.failures() >= rule.failuresMax());
    json.writeEndObject();
  }

  private Reply configure(Request request) {
    CustomerId customer = request.customer();
    request.query();
    LedgerEvent event =
        writes.readBody(
            Source.GRANT, request, Map.of("type", "configure", "customer", customer.value()));
    if (!(event instanceof LedgerEvent.Configure)) {
      throw Problem.of(Reason.TYPE_UNKNOWN, Optional.of("type"), "this only configures")
          .exception();
    }
    if (!event.customer().equals(customer)) {
      throw Problem.of(ErrorCode.PATH_MISMATCH, "customer", "customer is not the path's")
          .exception();
    }
    return writes.one(request, event);
  }
}
