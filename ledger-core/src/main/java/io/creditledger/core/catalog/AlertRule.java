package io.creditledger.core.catalog;

import io.creditledger.core.money.Credits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * When somebody is to be told about a customer's balance in one unit. That it is depleted, and that
 * it has recovered, is told always.
 *
 * @param low at or below so many available credits the balance is low; absent: no absolute bound
 * @param lowShare at or below this part, from 0 to 1, of what the customer's living grants granted;
 *     absent: no relative bound. A grant without an end counts until it is used up. Where both are
 *     given, the higher one counts.
 * @param expiringSoon how long before a grant's end its remainder is told of; absent: never
 */
public record AlertRule(
    Optional<Credits> low, Optional<BigDecimal> lowShare, Optional<Duration> expiringSoon) {

  /** Only depleted and recovered. */
  public static final AlertRule DEFAULT =
      new AlertRule(Optional.empty(), Optional.empty(), Optional.empty());

  private static final Duration EXPIRING_SOON_MAX = Duration.ofDays(366);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is negative, the share above 1, or the time above 366
   *     days
   */
  public AlertRule {
    if (low.isPresent() && low.get().isNegative()) {
      throw new IllegalArgumentException("alerts.low is negative: " + low.get());
    }
    lowShare = lowShare.map(BigDecimal::stripTrailingZeros);
    if (lowShare.isPresent()
        && (lowShare.get().signum() < 0 || lowShare.get().compareTo(BigDecimal.ONE) > 0)) {
      throw new IllegalArgumentException("alerts.low_share is not from 0 to 1");
    }
    if (expiringSoon.isPresent()
        && (!expiringSoon.get().isPositive()
            || expiringSoon.get().compareTo(EXPIRING_SOON_MAX) > 0)) {
      throw new IllegalArgumentException(
          "alerts.expiring_soon is not above zero and at most 366 days: " + expiringSoon.get());
    }
  }

  /** The bound at or below which a balance is low. */
  public Credits lowBound(Credits granted) {
    Credits absolute = low.orElse(Credits.ZERO);
    Credits relative = lowShare.map(share -> Rating.share(granted, share)).orElse(Credits.ZERO);
    return absolute.compareTo(relative) >= 0 ? absolute : relative;
  }
}
