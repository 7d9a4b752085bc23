package io.creditledger.core.wire;

import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Series;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.money.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Parts of grants: in the events that ask for them and the entries that make them. */
final class GrantJson {

  private GrantJson() {}

  // What events and entries share

  static OptionalInt priority(FieldReader fields) {
    OptionalLong priority = fields.integer(Field.PRIORITY);
    if (priority.isEmpty()) {
      return OptionalInt.empty();
    }
    if (priority.getAsLong() < 0 || priority.getAsLong() > GrantTerms.PRIORITY_MAX) {
      throw fields.invalid(
          Field.PRIORITY,
          "is not from 0 to " + GrantTerms.PRIORITY_MAX + ": " + priority.getAsLong());
    }
    return OptionalInt.of((int) priority.getAsLong());
  }

  static Scope scope(FieldReader fields) {
    Optional<FieldReader> scope = fields.object(Field.SCOPE);
    if (scope.isEmpty()) {
      return Scope.EVERYTHING;
    }
    List<MeterName> meters = scope.get().texts(Field.METERS, Parse::meter);
    List<SubscriptionId> subscriptions =
        scope.get().texts(Field.SUBSCRIPTIONS, Parse::subscription);
    checkSize(scope.get(), Field.METERS, meters);
    checkSize(scope.get(), Field.SUBSCRIPTIONS, subscriptions);
    return meters.isEmpty() && subscriptions.isEmpty()
        ? Scope.EVERYTHING
        : new Scope(meters, subscriptions);
  }

  private static void checkSize(FieldReader scope, String name, List<?> list) {
    if (list.size() > Scope.SIZE_MAX) {
      throw scope.invalid(name, "has more than " + Scope.SIZE_MAX + " entries: " + list.size());
    }
  }

  static void writeScope(JsonWriter json, Scope scope) {
    if (!scope.meters().isEmpty() || !scope.subscriptions().isEmpty()) {
      json.object(
          Field.SCOPE,
          o ->
              o.texts(Field.METERS, scope.meters())
                  .texts(Field.SUBSCRIPTIONS, scope.subscriptions()));
    }
  }

  static GrantDetails details(FieldReader fields) {
    Optional<String> name = fields.text(Field.NAME);
    Optional<CostBasis> costBasis = fields.object(Field.COST_BASIS).map(GrantJson::costBasis);
    Map<String, String> metadata = fields.map(Field.METADATA);
    return name.isEmpty() && costBasis.isEmpty() && metadata.isEmpty()
        ? GrantDetails.NONE
        : new GrantDetails(name, costBasis, metadata);
  }

  private static CostBasis costBasis(FieldReader fields) {
    fields.require(Field.AMOUNT, Field.CURRENCY);
    Quantity amount = fields.decimal(Field.AMOUNT, Quantity::parse).orElseThrow();
    if (amount.isNegative()) {
      throw fields.invalid(Field.AMOUNT, "is negative: " + amount);
    }
    String currency =
        fields.required(
            Field.CURRENCY,
            text -> {
              if (!text.matches("[A-Za-z]{3}")) {
                throw new IllegalArgumentException("is not a currency code of three letters");
              }
              return text.toLowerCase(Locale.ROOT);
            });
    return new CostBasis(amount, currency);
  }

  static void writeDetails(JsonWriter json, GrantDetails details) {
    json.text(Field.NAME, details.name());
    details
        .costBasis()
        .ifPresent(
            cost ->
                json.object(
                    Field.COST_BASIS,
                    o ->
                        o.text(Field.AMOUNT, cost.amount().toString())
                            .text(Field.CURRENCY, cost.currency())));
    json.map(Field.METADATA, details.metadata());
  }

  // What entries make

  static NewGrant made(FieldReader fields, long sequence) {
    GrantTerms terms =
        new GrantTerms(
            fields.required(Field.GRANT, Parse::grantId),
            fields.required(Field.UNIT, Parse::unit),
            fields.requiredCredits(Field.AMOUNT),
            fields.required(Field.CATEGORY, Parse::category),
            priority(fields).orElseThrow(() -> fields.missing(Field.PRIORITY)),
            fields.requiredTime(Field.EFFECTIVE_AT),
            fields.time(Field.EXPIRES_AT),
            scope(fields),
            sequence,
            (int) fields.integer(Field.ORDINAL).orElse(0));
    return new NewGrant(
        Grant.made(terms, fields.required(Field.STATE, Parse::grantState)), details(fields));
  }

  static void writeMade(JsonWriter json, NewGrant made, long sequence) {
    Grant grant = made.grant();
    GrantTerms terms = grant.terms();
    if (terms.sequence() != sequence || !grant.equals(Grant.made(terms, grant.state()))) {
      throw new IllegalArgumentException(
          "grant " + terms.id() + " is not one that entry " + sequence + " makes");
    }
    json.text(Field.GRANT, terms.id().value())
        .amount(Field.AMOUNT, terms.amount())
        .text(Field.UNIT, terms.unit().value())
        .text(Field.CATEGORY, terms.category().wireName())
        .number(Field.PRIORITY, terms.priority())
        .text(Field.STATE, grant.state().wireName())
        .time(Field.EFFECTIVE_AT, terms.effectiveAt())
        .time(Field.EXPIRES_AT, terms.expiresAt());
    if (terms.ordinal() != 0) {
      json.number(Field.ORDINAL, terms.ordinal());
    }
    writeScope(json, terms.scope());
    writeDetails(json, made.details());
  }

  static Series series(FieldReader fields) {
    return new Series(
        fields.required(Field.ID, Parse::grantId),
        RecurrenceJson.read(fields.requiredObject(Field.RECURRENCE)),
        fields.requiredInteger(Field.PERIOD),
        fields.required(Field.CURRENT, Parse::grantId),
        fields.requiredTime(Field.ANCHOR),
        fields.requiredInteger(Field.BOUNDARY),
        fields.requiredTime(Field.RENEWS_AT));
  }

  static void writeSeries(JsonWriter json, Series series) {
    json.text(Field.ID, series.id().value())
        .number(Field.PERIOD, series.period())
        .text(Field.CURRENT, series.current().value())
        .time(Field.ANCHOR, series.anchor())
        .number(Field.BOUNDARY, series.boundary())
        .time(Field.RENEWS_AT, series.renewsAt())
        .object(Field.RECURRENCE, o -> RecurrenceJson.write(o, series.recurring()));
  }
}
