package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.creditledger.core.account.Account;
import io.creditledger.core.account.Balances;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.query.LedgerAccess;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a customer has, unit by unit and grant by grant. */
final class BalanceResource {

  private static final SerializedString UNIT = new SerializedString("unit");
  private static final SerializedString SETTLED = new SerializedString("settled");
  private static final SerializedString HELD = new SerializedString("held");
  private static final SerializedString AVAILABLE = new SerializedString("available");
  private static final SerializedString OVERAGE = new SerializedString("overage");
  private static final SerializedString OVERDRAFT = new SerializedString("overdraft");

  private final LedgerAccess ledger;
  private final Owners owners;
  private final Clock clock;

  BalanceResource(LedgerAccess ledger, Owners owners, Clock clock) {
    this.ledger = ledger;
    this.owners = owners;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/customers/{customer}/balance", this::balance));
  }

  /**
   * What is asked for.
   *
   * @param dimensions absent: grants of every scope
   */
  private record Filter(Optional<Unit> unit, Optional<Dimensions> dimensions) {}

  private Reply balance(Request request) {
    CustomerId customer = request.customer();
    Query query = request.query("unit", "subscription", "meter", "consistency");
    Filter filter = filter(query);
    Consistency consistency = consistency(query);
    return owners.answer(
        customer,
        request,
        () -> {
          Account account = ledger.account(customer, consistency);
          Instant now = clock.instant();
          return Reply.json(200, json -> write(json, account, filter, consistency, now))
              .with("Cache-Control", "no-store");
        });
  }

  private static Filter filter(Query query) {
    Optional<MeterName> meter = query.read("meter", MeterName::new);
    Optional<SubscriptionId> subscription = query.read("subscription", SubscriptionId::new);
    Optional<Dimensions> dimensions =
        meter.isEmpty() && subscription.isEmpty()
            ? Optional.empty()
            : Optional.of(new Dimensions(meter, subscription));
    return new Filter(query.read("unit", Unit::new), dimensions);
  }

  private static Consistency consistency(Query query) {
    return query
        .read(
            "consistency",
            text ->
                switch (text) {
                  case "latest" -> Consistency.LATEST;
                  case "committed" -> Consistency.COMMITTED;
                  default ->
                      throw new IllegalArgumentException(
                          "consistency is neither latest nor committed");
                })
        .orElse(Consistency.LATEST);
  }

  private void write(
      JsonGenerator json, Account account, Filter filter, Consistency consistency, Instant now)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("customer", account.customer().value());
    json.writeNumberField("sequence", account.sequence());
    json.writeStringField(
        "consistency",
        switch (consistency) {
          case LATEST -> "latest";
          case COMMITTED -> "committed";
        });
    json.writeStringField("at", now.toString());
    json.writeArrayFieldStart("units");
    for (Unit unit : units(account)) {
      if (filter.unit().isEmpty() || filter.unit().get().equals(unit)) {
        writeUnit(json, account, unit, filter, now);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** In the order of their names; a customer who has nothing any more has none of the default. */
  private List<Unit> units(Account account) {
    List<Unit> units =
        Balances.units(account).stream().sorted(Comparator.comparing(Unit::value)).toList();
    return units.isEmpty() && account.sequence() > 0
        ? List.of(ledger.catalog().defaultUnit())
        : units;
  }

  private static void writeUnit(
      JsonGenerator json, Account account, Unit unit, Filter filter, Instant now)
      throws IOException {
    UnitBalance balance =
        filter.dimensions().isPresent()
            ? Balances.of(account, unit, filter.dimensions().get(), now)
            : Balances.of(account, unit, now);
    json.writeStartObject();
    GrantJson.write(json, UNIT, unit.value());
    GrantJson.write(json, SETTLED, balance.settled());
    GrantJson.write(json, HELD, balance.held());
    GrantJson.write(json, AVAILABLE, balance.available());
    GrantJson.write(json, OVERAGE, balance.overage());
    GrantJson.write(json, OVERDRAFT, balance.overdraft());
    json.writeArrayFieldStart("grants");
    for (Grant carried : account.grants()) {
      if (carried.terms().unit().equals(unit)
          && (filter.dimensions().isEmpty()
              || carried.terms().scope().covers(filter.dimensions().get()))) {
        Grant grant = Balances.asOf(carried, now);
        if (!grant.state().ended() || grant.held().isPositive()) {
          GrantJson.writeShort(json, grant);
        }
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
