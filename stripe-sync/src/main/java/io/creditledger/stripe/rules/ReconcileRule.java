package io.creditledger.stripe.rules;

import java.time.Duration;

/**
 * When the journal, the outbox and Stripe are compared by themselves.
 *
 * @param every how long from one time to the next; zero: never
 * @param over how far back
 * @param counting how long after a delivery Stripe's sums may lack it: they come to be right in the
 *     end
 */
public record ReconcileRule(Duration every, Duration over, Duration counting) {

  /** Daily, over all the time that Stripe takes usage of. */
  public static final ReconcileRule DEFAULT =
      new ReconcileRule(Duration.ofDays(1), Duration.ofDays(35), Duration.ofHours(1));

  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException if one is negative, or nothing is compared
   */
  public ReconcileRule {
    if (every.isNegative() || counting.isNegative() || !over.isPositive()) {
      throw new IllegalArgumentException(
          "every and counting cannot be negative, and over must be above zero");
    }
  }
}
