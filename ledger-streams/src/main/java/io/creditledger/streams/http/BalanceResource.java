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
import io.creditledger.core.money.Credits;
import io.creditledger.core.replay.AsOf;
import io.creditledger.core.replay.GrantAt;
import io.creditledger.core.replay.UnitAt;
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
  private final PastBalance past;
  private final Clock clock;

  BalanceResource(LedgerAccess ledger, Owners owners, PastBalance past, Clock clock) {
    this.ledger = ledger;
    this.owners = owners;
    this.past = past;
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
    Query query =
        request.query("unit", "subscription", "meter", "consistency", "as_of", "known_at");
    Filter filter = filter(query);
    Optional<Instant> asOf = query.read("as_of", text -> EntryQuery.time("as_of", text));
    Optional<Instant> knownAt = query.read("known_at", text -> EntryQuery.time("known_at", text));
    if (asOf.isPresent() || knownAt.isPresent()) {
      return owners.answer(customer, request, () -> past(customer, query, filter, asOf, knownAt));
    }
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

  private Reply past(
      CustomerId customer,
      Query query,
      Filter filter,
      Optional<Instant> asOf,
      Optional<Instant> knownAt) {
    if (query.text("consistency").isPresent()) {
      throw Problem.of(
              ErrorCode.PARAMETER_INVALID,
              "consistency",
              "a balance of the past is always of what is committed")
          .exception();
    }
    if (asOf.isPresent()) {
      AsOf found = past.asOf(customer, asOf.get(), knownAt);
      return Reply.json(
              200,
              json -> {
                begin(json, customer, found.sequence(), Consistency.COMMITTED, asOf.get());
                json.writeStringField("as_of", asOf.get().toString());
                Json.writeTime(json, "known_at", knownAt);
                writeUnits(json, found, filter);
                json.writeEndObject();
              })
          .with("Cache-Control", "no-store");
    }
    Instant at = knownAt.orElseThrow();
    Account account = past.knownAt(customer, at);
    return Reply.json(
            200,
            json -> {
              begin(json, customer, account.sequence(), Consistency.COMMITTED, at);
              json.writeNullField("as_of");
              json.writeStringField("known_at", at.toString());
              writeUnits(json, account, filter, at);
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
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
    begin(json, account.customer(), account.sequence(), consistency, now);
    writeUnits(json, account, filter, now);
    json.writeEndObject();
  }

  private static void begin(
      JsonGenerator json, CustomerId customer, long sequence, Consistency consistency, Instant at)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("customer", customer.value());
    json.writeNumberField("sequence", sequence);
    json.writeStringField(
        "consistency",
        switch (consistency) {
          case LATEST -> "latest";
          case COMMITTED -> "committed";
        });
    json.writeStringField("at", at.toString());
  }

  private void writeUnits(JsonGenerator json, Account account, Filter filter, Instant at)
      throws IOException {
    json.writeArrayFieldStart("units");
    for (Unit unit : units(account)) {
      if (filter.unit().isEmpty() || filter.unit().get().equals(unit)) {
        writeUnit(json, account, unit, filter, at);
      }
    }
    json.writeEndArray();
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
    writeSums(
        json,
        unit,
        List.of(balance.settled(), balance.held(), balance.available()),
        List.of(balance.overage(), balance.overdraft()));
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

  private static void writeUnits(JsonGenerator json, AsOf figures, Filter filter)
      throws IOException {
    json.writeArrayFieldStart("units");
    for (UnitAt unit : figures.units(filter.dimensions())) {
      if (filter.unit().isEmpty() || filter.unit().get().equals(unit.unit())) {
        json.writeStartObject();
        writeSums(
            json,
            unit.unit(),
            List.of(unit.settled(), unit.held(), unit.available()),
            List.of(unit.overage(), unit.overdraft()));
        json.writeArrayFieldStart("grants");
        for (GrantAt grant : figures.grants(unit.unit())) {
          if (filter.dimensions().isEmpty()
              || grant.terms().scope().covers(filter.dimensions().get())) {
            GrantJson.writeShort(json, grant);
          }
        }
        json.writeEndArray();
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  /**
   * A unit's name and sums.
   *
   * @param usable settled, held, available
   * @param beyond overage, overdraft
   */
  private static void writeSums(
      JsonGenerator json, Unit unit, List<Credits> usable, List<Credits> beyond)
      throws IOException {
    GrantJson.write(json, UNIT, unit.value());
    GrantJson.write(json, SETTLED, usable.get(0));
    GrantJson.write(json, HELD, usable.get(1));
    GrantJson.write(json, AVAILABLE, usable.get(2));
    GrantJson.write(json, OVERAGE, beyond.get(0));
    GrantJson.write(json, OVERDRAFT, beyond.get(1));
  }
}
