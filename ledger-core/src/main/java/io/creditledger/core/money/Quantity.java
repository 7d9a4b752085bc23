package io.creditledger.core.money;

import java.math.BigDecimal;

/**
 * An exact measured quantity, such as tokens or gigabyte hours: a decimal with at most 12 places
 * and an absolute value below 10<sup>18</sup>.
 *
 * <p>Equal by value: {@code 1.50} is {@code 1.5}.
 *
 * @param value the decimal, without trailing zeros and with a scale from 0 to 12
 */
public record Quantity(BigDecimal value) implements Comparable<Quantity> {

  /** Nothing. */
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO);

  /** One of whatever is counted. */
  public static final Quantity ONE = new Quantity(BigDecimal.ONE);

  private static final int PLACES = 12;
  private static final int WHOLE_DIGITS_MAX = 18;

  /**
   * Normalises the value.
   *
   * @throws IllegalArgumentException if it has more than 12 places or is 10<sup>18</sup> or more in
   *     absolute value
   */
  public Quantity {
    if (value.scale() != 0) {
      value = value.stripTrailingZeros();
    }
    // By digits and scale alone: a value like 1E+1000000000 must not be written out to be refused.
    if (value.scale() > PLACES) {
      throw new IllegalArgumentException("quantity has more than " + PLACES + " decimal places");
    }
    if ((long) value.precision() - value.scale() > WHOLE_DIGITS_MAX) {
      throw new IllegalArgumentException("quantity is not below 10^" + WHOLE_DIGITS_MAX);
    }
    if (value.scale() < 0) {
      value = value.setScale(0);
    }
  }

  /**
   * A whole quantity.
   *
   * @throws IllegalArgumentException if it is 10<sup>18</sup> or more in absolute value
   */
  public static Quantity of(long whole) {
    return new Quantity(BigDecimal.valueOf(whole));
  }

  /**
   * Reads a plain decimal: an optional minus sign, digits, and optionally a point with one to
   * twelve digits.
   *
   * @throws IllegalArgumentException if the text is anything else (an exponent, a plus sign, a
   *     blank, a bare point, a thirteenth place) or 10<sup>18</sup> or more in absolute value; the
   *     message says which
   */
  public static Quantity parse(String text) {
    int point = DecimalText.check(text, PLACES);
    int first = text.charAt(0) == '-' ? 1 : 0;
    while (first < point - 1 && text.charAt(first) == '0') {
      first++;
    }
    if (point - first > WHOLE_DIGITS_MAX) {
      throw new IllegalArgumentException(
          DecimalText.quote(text) + " is not below 10^" + WHOLE_DIGITS_MAX);
    }
    boolean negative = text.charAt(0) == '-';
    if (point == text.length()) {
      long whole = Long.parseLong(text, first, point, 10);
      return of(negative ? -whole : whole);
    }
    BigDecimal magnitude = new BigDecimal(text.substring(first));
    return new Quantity(negative ? magnitude.negate() : magnitude);
  }

  /** Whether the quantity is exactly zero. */
  public boolean isZero() {
    return value.signum() == 0;
  }

  /** Whether the quantity is above zero. */
  public boolean isPositive() {
    return value.signum() > 0;
  }

  /** Whether the quantity is below zero. */
  public boolean isNegative() {
    return value.signum() < 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  /** The shortest plain decimal that {@link #parse} reads back as this quantity. */
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
