package io.creditledger.core.wire;

import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.yaml.YamlFields;
import io.creditledger.core.yaml.YamlScalars;
import io.creditledger.core.yaml.YamlValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what only a catalog's fields say. */
final class CatalogScalars {

  private CatalogScalars() {}

  /** The mapping {@code {policy: …, limit: …}}, or the policy's name alone. */
  static Optional<OverdraftPolicy> overdraft(YamlValue value) {
    Function<String, Overdraft> policy =
        YamlScalars.oneOf(
            Overdraft::ofWireName,
            List.of(Overdraft.values()).stream().map(Overdraft::wireName).toList());
    if (value.isScalar()) {
      return value.as(policy).map(OverdraftPolicy::of);
    }
    return value
        .fields()
        .flatMap(
            fields -> {
              Overdraft overdraft = fields.requiredAs("policy", policy, Overdraft.BILL);
              Optional<Credits> limit = fields.as("limit", Credits::parse);
              return fields.build(() -> new OverdraftPolicy(overdraft, limit));
            });
  }

  /** The unit that a mapping names, which must be one that the catalog has; else the default. */
  static Unit unit(YamlFields fields, Set<Unit> units, Unit defaultUnit) {
    Optional<YamlValue> value = fields.field("unit");
    Optional<Unit> unit = value.flatMap(text -> text.as(Unit::new));
    unit.filter(named -> !units.contains(named))
        .ifPresent(
            named -> value.get().refuse("is not one of the units: " + YamlScalars.listed(units)));
    return unit.orElse(defaultUnit);
  }
}
