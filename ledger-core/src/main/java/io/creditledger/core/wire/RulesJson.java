package io.creditledger.core.wire;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.event.LedgerEvent.NewAlertRule;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * When a customer is alerted and topped up, as fields of settings. In an entry {@code alerts} is
 * what was told, so there the rules have a field of another name.
 */
final class RulesJson {

  private RulesJson() {}

  static Map<Unit, AlertRule> alerts(FieldReader fields, String field) {
    return fields.objectsByName(
        field,
        Parse::unit,
        one -> alert(one.orElseThrow(() -> fields.invalid(field, "has a null for a rule"))));
  }

  /** Rules of an event, where null stands for the catalog's. */
  static Map<Unit, NewAlertRule> newAlerts(FieldReader fields) {
    return fields.objectsByName(
        Field.ALERTS,
        Parse::unit,
        one ->
            one.<NewAlertRule>map(own -> new NewAlertRule.Own(alert(own)))
                .orElseGet(NewAlertRule.Catalogs::new));
  }

  private static AlertRule alert(FieldReader fields) {
    Optional<Credits> low = fields.credits(Field.LOW);
    if (low.isPresent() && low.get().isNegative()) {
      throw fields.invalid(Field.LOW, "is negative: " + low.get());
    }
    Optional<BigDecimal> share = fields.decimal(Field.LOW_SHARE, Parse::fraction);
    if (share.isPresent()
        && (share.get().signum() < 0 || share.get().compareTo(BigDecimal.ONE) > 0)) {
      throw fields.invalid(Field.LOW_SHARE, "is not from 0 to 1: " + share.get().toPlainString());
    }
    Optional<Duration> soon = fields.parsed(Field.EXPIRING_SOON, Parse::duration);
    return fields.made(Field.EXPIRING_SOON, () -> new AlertRule(low, share, soon));
  }

  static void writeAlerts(JsonWriter json, String field, Map<Unit, AlertRule> alerts) {
    if (!alerts.isEmpty()) {
      json.object(
          field,
          o ->
              new TreeMap<>(alerts)
                  .forEach((unit, rule) -> o.object(unit.value(), one -> alert(one, rule))));
    }
  }

  static void writeNewAlerts(JsonWriter json, Map<Unit, NewAlertRule> alerts) {
    if (!alerts.isEmpty()) {
      json.object(
          Field.ALERTS,
          o -> new TreeMap<>(alerts).forEach((unit, rule) -> newAlert(o, unit.value(), rule)));
    }
  }

  private static void newAlert(JsonWriter json, String unit, NewAlertRule rule) {
    switch (rule) {
      case NewAlertRule.Catalogs catalogs -> json.nothing(unit);
      case NewAlertRule.Own own -> json.object(unit, one -> alert(one, own.rule()));
    }
  }

  private static void alert(JsonWriter json, AlertRule rule) {
    json.text(Field.LOW, rule.low())
        .text(Field.LOW_SHARE, rule.lowShare().map(BigDecimal::toPlainString))
        .text(Field.EXPIRING_SOON, rule.expiringSoon());
  }

  static Optional<TopUpRule> topUp(FieldReader fields) {
    return fields.object(Field.TOP_UP).map(one -> topUp(fields, one));
  }

  private static TopUpRule topUp(FieldReader around, FieldReader fields) {
    fields.require(Field.UNIT, Field.THRESHOLD);
    Unit unit = fields.required(Field.UNIT, Parse::unit);
    Credits threshold = fields.requiredCredits(Field.THRESHOLD);
    Optional<Credits> amount = fields.credits(Field.AMOUNT);
    Optional<Credits> target = fields.credits(Field.TARGET);
    Optional<Credits> cap = fields.credits(Field.MONTHLY_CAP);
    Duration coolDown =
        fields.parsed(Field.COOL_DOWN, Parse::duration).orElse(TopUpRule.COOL_DOWN_DEFAULT);
    int failuresMax = failuresMax(fields);
    return around.made(
        Field.TOP_UP,
        () -> new TopUpRule(unit, threshold, amount, target, cap, coolDown, failuresMax));
  }

  private static int failuresMax(FieldReader fields) {
    OptionalLong failures = fields.integer(Field.FAILURES_MAX);
    if (failures.isPresent()
        && (failures.getAsLong() < 1 || failures.getAsLong() > Integer.MAX_VALUE)) {
      throw fields.invalid(
          Field.FAILURES_MAX,
          "is not from 1 to " + Integer.MAX_VALUE + ": " + failures.getAsLong());
    }
    return (int) failures.orElse(TopUpRule.FAILURES_MAX_DEFAULT);
  }

  static void writeTopUp(JsonWriter json, Optional<TopUpRule> topUp) {
    topUp.ifPresent(rule -> json.object(Field.TOP_UP, o -> topUp(o, rule)));
  }

  private static void topUp(JsonWriter json, TopUpRule rule) {
    json.text(Field.UNIT, rule.unit().value())
        .amount(Field.THRESHOLD, rule.threshold())
        .text(Field.AMOUNT, rule.amount())
        .text(Field.TARGET, rule.target())
        .text(Field.MONTHLY_CAP, rule.monthlyCap())
        .text(Field.COOL_DOWN, rule.coolDown().toString())
        .number(Field.FAILURES_MAX, rule.failuresMax());
  }
}
