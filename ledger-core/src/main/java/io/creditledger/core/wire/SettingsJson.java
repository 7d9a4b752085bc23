package io.creditledger.core.wire;

import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.entry.CustomerSettings;
import io.creditledger.core.money.Credits;
import java.util.Optional;

/** A customer's settings, as fields of the entry that sets them. */
final class SettingsJson {

  private SettingsJson() {}

  static CustomerSettings read(FieldReader fields) {
    return new CustomerSettings(
        overdraft(fields),
        fields.required(Field.TIME_ZONE, Parse::zone),
        fields.text(Field.PLAN),
        RulesJson.alerts(fields, Field.ALERT_RULES),
        RulesJson.topUp(fields));
  }

  static Optional<OverdraftPolicy> overdraft(FieldReader fields) {
    Optional<Overdraft> overdraft = fields.parsed(Field.OVERDRAFT_POLICY, Parse::overdraft);
    Optional<Credits> limit = fields.credits(Field.OVERDRAFT_LIMIT);
    if (overdraft.isEmpty()) {
      if (limit.isPresent()) {
        throw fields.missing(Field.OVERDRAFT_POLICY);
      }
      return Optional.empty();
    }
    if (limit.isPresent() && !overdraft.get().mayBeLimited()) {
      throw fields.invalid(
          Field.OVERDRAFT_LIMIT, "is for bill and carry, not for " + overdraft.get().wireName());
    }
    if (limit.isPresent() && limit.get().isNegative()) {
      throw fields.invalid(Field.OVERDRAFT_LIMIT, "is negative: " + limit.get());
    }
    return Optional.of(new OverdraftPolicy(overdraft.get(), limit));
  }

  static void writeOverdraft(JsonWriter json, Optional<OverdraftPolicy> overdraft) {
    json.text(Field.OVERDRAFT_POLICY, overdraft.map(policy -> policy.overdraft().wireName()))
        .text(Field.OVERDRAFT_LIMIT, overdraft.flatMap(OverdraftPolicy::limit));
  }

  static void write(JsonWriter json, CustomerSettings settings) {
    writeOverdraft(json, settings.overdraft());
    json.text(Field.TIME_ZONE, settings.timeZone().getId()).text(Field.PLAN, settings.plan());
    RulesJson.writeAlerts(json, Field.ALERT_RULES, settings.alerts());
    RulesJson.writeTopUp(json, settings.topUp());
  }
}
