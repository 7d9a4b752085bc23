package io.creditledger.core.catalog;

import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Duration;
import java.util.Optional;

/**
 * When a customer's credits are to be topped up by themselves.
 *
 * @param threshold asked for when less is available; above zero, since less than nothing never is
 * @param amount how much is asked for; absent: as much as reaches the target
 * @param target what is to be available afterwards; absent: the amount is fixed
 * @param monthlyCap at most so much is asked for in one calendar month of the customer's time zone
 * @param coolDown the least time between two requests
 * @param failuresMax after so many failures in a row the rule pauses; above zero
 */
public record TopUpRule(
    Unit unit,
    Credits threshold,
    Optional<Credits> amount,
    Optional<Credits> target,
    Optional<Credits> monthlyCap,
    Duration coolDown,
    int failuresMax) {

  /** Where a rule does not say: an hour between requests. */
  public static final Duration COOL_DOWN_DEFAULT = Duration.ofHours(1);

  /** Where a rule does not say: three failures. */
  public static final int FAILURES_MAX_DEFAULT = 3;

  /**
   * Checks the rule.
   *
   * @throws IllegalArgumentException unless exactly one of amount and target is given, and each
   *     amount fits
   */
  public TopUpRule {
    if (amount.isPresent() == target.isPresent()) {
      throw new IllegalArgumentException("top_up needs either an amount or a target");
    }
    if (!threshold.isPositive()) {
      throw new IllegalArgumentException("top_up.threshold is not above zero: " + threshold);
    }
    if (amount.isPresent() && !amount.get().isPositive()) {
      throw new IllegalArgumentException("top_up.amount is not above zero: " + amount.get());
    }
    if (target.isPresent() && target.get().compareTo(threshold) < 0) {
      throw new IllegalArgumentException("top_up.target is below the threshold: " + target.get());
    }
    if (monthlyCap.isPresent() && !monthlyCap.get().isPositive()) {
      throw new IllegalArgumentException(
          "top_up.monthly_cap is not above zero: " + monthlyCap.get());
    }
    if (coolDown.isNegative()) {
      throw new IllegalArgumentException("top_up.cool_down is negative: " + coolDown);
    }
    if (failuresMax < 1) {
      throw new IllegalArgumentException("top_up.failures_max is below 1: " + failuresMax);
    }
  }

  /** How much to ask for when so much is available; never negative. */
  public Credits wanted(Credits available) {
    return amount.orElseGet(() -> target.orElseThrow().minus(available));
  }
}
