package io.creditledger.core.id;

/**
 * What credits are called and counted in, such as {@code credits} or {@code goodies}.
 *
 * @param value 1 to 40 characters; no control characters, no unpaired surrogates, no white space at
 *     either end
 */
public record Unit(String value) implements Comparable<Unit> {

  private static final int CHARS_MAX = 40;

  /** The unit of a ledger that names no other: {@code credits}. */
  public static final Unit CREDITS = new Unit("credits");

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is not as promised; the message begins with {@code unit}
   */
  public Unit {
    Name.check("unit", value, CHARS_MAX);
  }

  @Override
  public String toString() {
    return value;
  }

  /** In the order of UTF-16 units, the same on every machine. */
  @Override
  public int compareTo(Unit other) {
    return value.compareTo(other.value);
  }
}
