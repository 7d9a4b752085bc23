package io.creditledger.core.catalog;

import io.creditledger.core.money.Credits;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much of what a recurring grant leaves goes over into the next period.
 *
 * <p>At least one of cap and fraction; where both are given, the smaller result counts.
 *
 * @param cap at most so many credits, zero or more
 * @param fraction at most this part of what is left, from 0 to 1, with at most 12 places
 * @param lifetime how long the credits that went over live; empty: as long as the new grant
 */
public record Rollover(
    Optional<Credits> cap, Optional<BigDecimal> fraction, Optional<IsoPeriod> lifetime) {

  /**
   * Normalises the fraction.
   *
   * @throws IllegalArgumentException if a field is not as promised, or cap and fraction are both
   *     missing
   */
  public Rollover {
    Violations violations = new Violations("rollover");
    if (cap.isEmpty() && fraction.isEmpty()) {
      violations.add("", "needs a cap or a fraction");
    }
    if (cap.isPresent() && cap.get().isNegative()) {
      violations.add("cap", "is negative: " + cap.get());
    }
    fraction = fraction.map(part -> violations.checkDecimal("fraction", part));
    if (fraction.isPresent() && fraction.get().compareTo(BigDecimal.ONE) > 0) {
      violations.add("fraction", "is above 1: " + fraction.get().toPlainString());
    }
    violations.refuseIfAny();
  }

  /** What goes over of {@code left}, which is zero or more; never more than that. */
  public Credits of(Credits left) {
    Credits share = fraction.map(part -> Rating.share(left, part)).orElse(left);
    return cap.map(share::min).orElse(share);
  }
}
