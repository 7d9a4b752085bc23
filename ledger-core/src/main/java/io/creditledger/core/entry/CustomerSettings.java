package io.creditledger.core.entry;

import io.creditledger.core.catalog.OverdraftPolicy;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What is set for one customer.
 *
 * @param overdraft overrides the meter's and the catalog's policy
 * @param timeZone in which recurring grants count days and months
 * @param plan the catalog's plan the customer is on
 */
public record CustomerSettings(
    Optional<OverdraftPolicy> overdraft, ZoneId timeZone, Optional<String> plan) {

  /** A customer for whom nothing was set. */
  public static final CustomerSettings DEFAULT =
      new CustomerSettings(Optional.empty(), ZoneOffset.UTC, Optional.empty());
}
