package io.creditledger.stripe.reconcile;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Stripe's sums are floating-point numbers of exact values. */
final class Amounts {

  /** Usage has at most twelve places: half of the last one. */
  private static final BigDecimal HALF_PLACE = new BigDecimal("0.0000000000005");

  private Amounts() {}

  /**
   * Stripe's sum less the exact one, to as many places as a floating-point sum is good for; zero
   * where they are the same as far as that goes.
   *
   * @param terms how many values were added up: each may lose as much as the sum cannot hold
   */
  static BigDecimal difference(BigDecimal stripe, BigDecimal exact, int terms) {
    BigDecimal difference = stripe.subtract(exact);
    double largest = Math.max(Math.abs(stripe.doubleValue()), Math.abs(exact.doubleValue()));
    BigDecimal lost =
        new BigDecimal(Math.ulp(largest)).multiply(BigDecimal.valueOf(terms + 1L)).max(HALF_PLACE);
    if (difference.abs().compareTo(lost) <= 0) {
      return BigDecimal.ZERO;
    }
    int places = Math.max(0, lost.scale() - lost.precision());
    return plain(difference.setScale(places, RoundingMode.HALF_EVEN));
  }

  /** Without zeros after the point. */
  static BigDecimal plain(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
