package io.creditledger.streams.http;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.entry.CustomerSettings;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.query.LedgerAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
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
