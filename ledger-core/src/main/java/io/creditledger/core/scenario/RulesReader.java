package io.creditledger.core.scenario;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.event.LedgerEvent.NewAlertRule;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads when a customer is to be alerted and topped up. */
final class RulesReader {

  private RulesReader() {}

  static Map<Unit, NewAlertRule> alerts(FilePart part) {
    Map<Unit, NewAlertRule> alerts = new HashMap<>();
    part.fields()
        .forEach((unit, rule) -> alerts.put(made("alerts", () -> new Unit(unit)), newRule(rule)));
    return alerts;
  }

  private static NewAlertRule newRule(FilePart part) {
    return part.isNull() ? new NewAlertRule.Catalogs() : new NewAlertRule.Own(alert(part));
  }

  private static AlertRule alert(FilePart part) {
    part.allowOnly(Set.of("low", "low_share", "expiring_soon"));
    CommandFields fields = new CommandFields(part);
    return made(
        "alerts",
        () ->
            new AlertRule(
                fields.credits("low"),
                fields.value("low_share", Quantity::parse).map(Quantity::value),
                fields.duration("expiring_soon")));
  }

  static TopUpRule topUp(FilePart part) {
    part.allowOnly(
        Set.of(
            "unit", "threshold", "amount", "target", "monthly_cap", "cool_down", "failures_max"));
    CommandFields fields = new CommandFields(part);
    return made(
        "top_up",
        () ->
            new TopUpRule(
                fields.unit().orElse(Unit.CREDITS),
                fields.required("threshold", Credits::parse),
                fields.credits("amount"),
                fields.credits("target"),
                fields.credits("monthly_cap"),
                fields.duration("cool_down").orElse(TopUpRule.COOL_DOWN_DEFAULT),
                fields
                    .value("failures_max", Integer::valueOf)
                    .orElse(TopUpRule.FAILURES_MAX_DEFAULT)));
  }

  private static <T> T made(String field, Supplier<T> make) {
    try {
      return make.get();
    } catch (InvalidScenarioFileException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new CommandFields.RefusedException(Reason.FIELD_INVALID, field + ": " + e.getMessage());
    }
  }
}
