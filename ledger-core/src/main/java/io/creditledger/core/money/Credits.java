package io.creditledger.core.money;

/**
 * An exact amount of credits, counted in millionths of one credit in 64 bits.
 *
 * <p>It reaches from -9223372036854.775808 to 9223372036854.775807 credits. Arithmetic never wraps
 * and never rounds: what does not fit is refused with an {@link ArithmeticException}.
 *
 * @param micros the amount in millionths of a credit; any value, negative ones included
 */
public record Credits(long micros) implements Comparable<Credits> {

  /** No credits. */
  public static final Credits ZERO = new Credits(0);

  private static final int PLACES = 6;
  private static final long MICROS_PER_CREDIT = 1_000_000;

  /** The amount of {@code micros} millionths of a credit. */
  public static Credits ofMicros(long micros) {
    return micros == 0 ? ZERO : new Credits(micros);
  }

  /**
   * Reads a plain decimal: an optional minus sign, digits, and optionally a point with one to six
   * digits.
   *
   * @throws IllegalArgumentException if the text is anything else (an exponent, a plus sign, a
   *     blank, a bare point, a seventh place) or the amount is out of range; the message says which
   */
  public static Credits parse(String text) {
    int point = DecimalText.check(text, PLACES);
    int start = text.charAt(0) == '-' ? 1 : 0;
    // Summed below zero, where the range is one larger, so that the smallest amount can be read.
    long micros = 0;
    for (int i = start; i < text.length(); i++) {
      if (i != point) {
        micros = appendDigit(micros, text.charAt(i) - '0', text);
      }
    }
    int placesGiven = point == text.length() ? 0 : text.length() - point - 1;
    for (int i = placesGiven; i < PLACES; i++) {
      micros = appendDigit(micros, 0, text);
    }
    if (start == 0) {
      if (micros == Long.MIN_VALUE) {
        throw outOfRange(text);
      }
      micros = -micros;
    }
    return ofMicros(micros);
  }

  private static long appendDigit(long negative, int digit, String text) {
    if (negative < Long.MIN_VALUE / 10) {
      throw outOfRange(text);
    }
    long shifted = negative * 10;
    if (shifted < Long.MIN_VALUE + digit) {
      throw outOfRange(text);
    }
    return shifted - digit;
  }

  private static IllegalArgumentException outOfRange(String text) {
    return new IllegalArgumentException(
        DecimalText.quote(text) + " is outside the range of credits (about ±9.2 trillion)");
  }

  /**
   * This amount and the other together.
   *
   * @throws ArithmeticException if the sum is out of range
   */
  public Credits plus(Credits other) {
    return other.micros == 0 ? this : ofMicros(Math.addExact(micros, other.micros));
  }

  /** This amount and the other together, neither negative, or the largest amount if it is less. */
  public Credits plusAtMost(Credits other) {
    return micros > Long.MAX_VALUE - other.micros ? new Credits(Long.MAX_VALUE) : plus(other);
  }

  /**
   * This amount less the other.
   *
   * @throws ArithmeticException if the difference is out of range
   */
  public Credits minus(Credits other) {
    return other.micros == 0 ? this : ofMicros(Math.subtractExact(micros, other.micros));
  }

  /**
   * This amount with the other sign.
   *
   * @throws ArithmeticException if this is the smallest amount, which has no positive counterpart
   */
  public Credits negated() {
    return ofMicros(Math.negateExact(micros));
  }

  /** The smaller of this amount and the other. */
  public Credits min(Credits other) {
    return micros <= other.micros ? this : other;
  }

  /** Whether the amount is exactly zero. */
  public boolean isZero() {
    return micros == 0;
  }

  /** Whether the amount is above zero. */
  public boolean isPositive() {
    return micros > 0;
  }

  /** Whether the amount is below zero. */
  public boolean isNegative() {
    return micros < 0;
  }

  @Override
  public int compareTo(Credits other) {
    return Long.compare(micros, other.micros);
  }

  /** The shortest plain decimal that {@link #parse} reads back as this amount: "-1.5", "3900". */
  @Override
  public String toString() {
    long whole = micros / MICROS_PER_CREDIT;
    long fraction = Math.abs(micros % MICROS_PER_CREDIT);
    if (fraction == 0) {
      return Long.toString(whole);
    }
    int places = PLACES;
    while (fraction % 10 == 0) {
      fraction /= 10;
      places--;
    }
    StringBuilder text = new StringBuilder(24);
    if (micros < 0 && whole == 0) {
      text.append('-');
    }
    text.append(whole).append('.');
    String digits = Long.toString(fraction);
    for (int i = digits.length(); i < places; i++) {
      text.append('0');
    }
    return text.append(digits).toString();
  }
}
