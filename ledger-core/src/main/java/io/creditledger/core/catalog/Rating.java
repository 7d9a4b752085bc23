package io.creditledger.core.catalog;

import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Turns quantities into credits. The one place in the ledger that rounds. */
public final class Rating {

  private static final int PLACES = 6;

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

  private static Credits credits(Quantity quantity, Rate rate) {
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
}
