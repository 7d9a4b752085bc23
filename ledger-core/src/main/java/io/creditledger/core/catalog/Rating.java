package io.creditledger.core.catalog;

import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns quantities into credits. The one place in the ledger that rounds. */
public final class Rating {

  private static final int PLACES = 6;
  private static final int LONG_DIGITS = 18;
  private static final long[] POWERS_OF_TEN = powersOfTen();

  private Rating() {}

  /**
   * What a quantity of a meter costs: quantity × rate ÷ package, rounded once, half-even, to a
   * millionth of a credit. A meter that counts events costs the same for any quantity: that of one.
   *
   * <p>Empty if no rate of the meter applies to these properties at {@code occurredAt}.
   *
   * @throws ArithmeticException if the credits are out of range
   */
  public static Optional<Rated> rate(
      Meter meter, Quantity quantity, Map<String, String> properties, Instant occurredAt) {
    Quantity counted =
        switch (meter.aggregation()) {
          case SUM -> quantity;
          case COUNT -> Quantity.ONE;
        };
    return meter
        .rateFor(properties, occurredAt)
        .map(rate -> new Rated(credits(counted, rate), rate));
  }

  /**
   * A fraction of an amount, rounded half-even to a millionth.
   *
   * @param fraction from 0 to 1, so that the share never exceeds the amount
   */
  static Credits share(Credits amount, BigDecimal fraction) {
    return inMicros(BigDecimal.valueOf(amount.micros(), PLACES).multiply(fraction));
  }

  /** Quantity × rate ÷ package. */
  static Credits credits(Quantity quantity, Rate rate) {
    OptionalLong micros =
        microsInLongs(quantity.value(), rate.creditsPerPackage(), rate.packageSize().value());
    return micros.isPresent()
        ? Credits.ofMicros(micros.getAsLong())
        : creditsInDecimals(quantity, rate);
  }

  /** The rule itself, for operands of any size. */
  static Credits creditsInDecimals(Quantity quantity, Rate rate) {
    return inMicros(
        quantity
            .value()
            .multiply(rate.creditsPerPackage())
            .divide(rate.packageSize().value(), PLACES, RoundingMode.HALF_EVEN));
  }

  private static Credits inMicros(BigDecimal credits) {
    return Credits.ofMicros(
        credits.setScale(PLACES, RoundingMode.HALF_EVEN).unscaledValue().longValueExact());
  }

  /**
   * The same result in whole numbers: the decimals' digits are multiplied, the places that are left
   * over go to the side of the fraction they belong to. Empty if anything does not fit 64 bits.
   */
  private static OptionalLong microsInLongs(
      BigDecimal quantity, BigDecimal credits, BigDecimal per) {
    if (quantity.precision() > LONG_DIGITS
        || credits.precision() > LONG_DIGITS
        || per.precision() > LONG_DIGITS) {
      return OptionalLong.empty();
    }
    int places = PLACES - quantity.scale() - credits.scale() + per.scale();
    if (Math.abs(places) > LONG_DIGITS) {
      return OptionalLong.empty();
    }
    long up = places > 0 ? POWERS_OF_TEN[places] : 1;
    long down = places < 0 ? POWERS_OF_TEN[-places] : 1;
    long product = digits(quantity) * digits(credits);
    if (!fits(digits(quantity), digits(credits), product)) {
      return OptionalLong.empty();
    }
    long dividend = product * up;
    long divisor = digits(per) * down;
    if (!fits(product, up, dividend) || !fits(digits(per), down, divisor)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(divideHalfEven(dividend, divisor));
  }

  private static long digits(BigDecimal decimal) {
    return decimal.scale() == 0 ? decimal.longValue() : decimal.unscaledValue().longValue();
  }

  /** Whether the low 64 bits of a × b are the whole product. */
  private static boolean fits(long a, long b, long low) {
    return Math.multiplyHigh(a, b) == low >> 63;
  }

  /** The divisor is above zero. */
  private static long divideHalfEven(long dividend, long divisor) {
    long quotient = dividend / divisor;
    long rest = Math.abs(dividend % divisor);
    // Not rest × 2, which may not fit.
    long missing = divisor - rest;
    if (rest > missing || (rest == missing && (quotient & 1) != 0)) {
      return quotient + Long.signum(dividend);
    }
    return quotient;
  }

  private static long[] powersOfTen() {
    long[] powers = new long[LONG_DIGITS + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
