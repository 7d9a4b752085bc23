package io.creditledger.stripe.payment;

import io.creditledger.core.money.Credits;
import io.creditledger.stripe.payment.Claim.Standing;
import java.math.BigInteger;
import java.util.List;

/**
 * The part of a payment that is gone.
 *
 * @param gone at least 0 and at most {@code whole}
 * @param whole above 0
 */
record Share(long gone, long whole) {

  private static final Share NOTHING = new Share(0, 1);
  private static final Share ALL = new Share(1, 1);

  /**
   * What claims come to, together.
   *
   * @param total of the payment, in the currency's smallest unit
   */
  static Share of(List<Claim> claims, long total) {
    BigInteger gone = BigInteger.ZERO;
    for (Claim claim : claims) {
      if (claim.standing() == Standing.STANDS) {
        if (claim.amount().isEmpty()) {
          return ALL;
        }
        gone = gone.add(BigInteger.valueOf(claim.amount().getAsLong()));
      }
    }
    if (gone.signum() <= 0) {
      return NOTHING;
    }
    return gone.compareTo(BigInteger.valueOf(total)) >= 0
        ? ALL
        : new Share(gone.longValueExact(), total);
  }

  /** The same part of credits, rounded down to a millionth: never more than the money's part. */
  Credits of(Credits credits) {
    return Credits.ofMicros(
        BigInteger.valueOf(credits.micros())
            .multiply(BigInteger.valueOf(gone))
            .divide(BigInteger.valueOf(whole))
            .longValueExact());
  }
}
