package io.creditledger.stripe.rules;

import io.creditledger.core.id.Unit;
import java.util.Set;

/**
 * Which grants are shown in Stripe as billing credit grants, at the price the catalog gives their
 * unit. A unit without a price is not mirrored.
 *
 * @param units empty: none
 */
public record MirrorRule(Set<Unit> units) {

  /** None are. */
  public static final MirrorRule NONE = new MirrorRule(Set.of());

  /** Copies the set. */
  public MirrorRule {
    units = Set.copyOf(units);
  }
}
