package io.creditledger.core.account;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.grant.Dimensions;
import java.util.Locale;
import java.util.Optional;

/** What becomes of credits that no grant covers, and who says so (rule 9). */
public record PolicyInForce(OverdraftPolicy policy, Whose whose) {

  /** Who set a policy; the first that did counts. */
  public enum Whose {
    /** The customer's settings. */
    CUSTOMER,
    /** The meter. */
    METER,
    /** The catalog, for all of it. */
    CATALOG;

    /** The name on the wire, in lower case. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The policy for usage with these dimensions. */
  public static PolicyInForce of(Account account, Catalog catalog, Dimensions dimensions) {
    Optional<OverdraftPolicy> own = account.settings().overdraft();
    if (own.isPresent()) {
      return new PolicyInForce(own.get(), Whose.CUSTOMER);
    }
    return dimensions
        .meter()
        .flatMap(catalog::meter)
        .flatMap(Meter::overdraft)
        .map(policy -> new PolicyInForce(policy, Whose.METER))
        .orElseGet(() -> new PolicyInForce(catalog.defaultOverdraft(), Whose.CATALOG));
  }
}
