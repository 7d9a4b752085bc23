package io.creditledger.core.entry;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.id.Unit;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * What is set for one customer.
 *
 * @param overdraft overrides the meter's and the catalog's policy
 * @param timeZone in which recurring grants count days and months
 * @param plan the catalog's plan the customer is on
 * @param alerts override the catalog's, by unit
 * @param topUp whether and how credits are bought by themselves
 */
public record CustomerSettings(
    Optional<OverdraftPolicy> overdraft,
    ZoneId timeZone,
    Optional<String> plan,
    Map<Unit, AlertRule> alerts,
    Optional<TopUpRule> topUp) {

  /** A customer for whom nothing was set. */
  public static final CustomerSettings DEFAULT =
      new CustomerSettings(
          Optional.empty(), ZoneOffset.UTC, Optional.empty(), Map.of(), Optional.empty());

  public CustomerSettings {
    alerts = Map.copyOf(alerts);
  }
}
