package io.creditledger.stripe.money;

import io.creditledger.stripe.rules.Currencies;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount as Stripe counts it.
 *
 * @param minor in the currency's smallest unit; negative in the customer's favour
 * @param currency three lower-case letters
 */
public record Money(long minor, String currency) {

  /**
   * An amount in the major unit, rounded to the smallest unit.
   *
   * @throws ArithmeticException if it does not fit 64 bits
   */
  public static Money of(BigDecimal major, String currency, RoundingMode rounding) {
    return new Money(
        Currencies.minorUnits(major, currency).setScale(0, rounding).longValueExact(), currency);
  }

  /** The amount in the major unit: dollars where the smallest unit is a cent. */
  public BigDecimal major() {
    return Currencies.amount(minor, currency);
  }

  @Override
  public String toString() {
    return major().toPlainString() + " " + currency;
  }
}
