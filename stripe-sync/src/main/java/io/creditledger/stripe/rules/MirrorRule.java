package io.creditledger.stripe.rules;

import io.creditledger.core.id.Unit;
import java.time.Duration;
import java.util.Set;

/**
 * Which grants are shown in Stripe as billing credit grants, at the price the catalog gives their
 * unit. A unit without a price is not mirrored.
 *
 * @param units empty: none
 * @param outlive how much longer than in the ledger a grant lives in Stripe. An invoice takes
 *     credits when it is finalised, an hour after its period's end; a grant that ends with the
 *     period must live till then to pay there for what it paid for in the ledger.
 */
public record MirrorRule(Set<Unit> units, Duration outlive) {

  /** Where a rule does not say: an hour more than Stripe's draft hour. */
  public static final Duration OUTLIVE_DEFAULT = Duration.ofHours(2);

  /** None are. */
  public static final MirrorRule NONE = new MirrorRule(Set.of(), OUTLIVE_DEFAULT);

  /**
   * Copies the set.
   *
   * @throws IllegalArgumentException if outlive is negative
   */
  public MirrorRule {
    units = Set.copyOf(units);
    if (outlive.isNegative()) {
      throw new IllegalArgumentException("outlive is negative: " + outlive);
    }
  }
}
