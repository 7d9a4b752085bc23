package io.creditledger.stripe.outbox;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Stripe takes at most 15 significant digits in a value. */
public final class ValueSplit {

  /** How many significant digits a value may have. */
  public static final int DIGITS_MAX = 15;

  private static final MathContext LEADING = new MathContext(DIGITS_MAX, RoundingMode.DOWN);

  private ValueSplit() {}

  /** Whether Stripe takes it as one value. */
  public static boolean fits(BigDecimal value) {
    return value.signum() == 0 || value.stripTrailingZeros().precision() <= DIGITS_MAX;
  }

  /** The fewest values that Stripe takes and whose sum is exactly this one; none for zero. */
  public static List<BigDecimal> split(BigDecimal value) {
    List<BigDecimal> parts = new ArrayList<>();
    BigDecimal rest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    while (rest.signum() != 0) {
      BigDecimal part = rest.round(LEADING);
      parts.add(part);
      rest = rest.subtract(part);
    }
    return parts;
  }
}
