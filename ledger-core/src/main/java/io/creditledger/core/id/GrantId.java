package io.creditledger.core.id;

/**
 * The caller's id of one grant, remembered for ever.
 *
 * @param value 1 to 255 characters; no control characters, no unpaired surrogates, no white space
 *     at either end
 */
public record GrantId(String value) implements Comparable<GrantId> {

  private static final int CHARS_MAX = 255;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is not as promised; the message begins with {@code
   *     grant}
   */
  public GrantId {
    Name.check("grant", value, CHARS_MAX);
  }

  /** In the order of UTF-16 units, the same on every machine. */
  @Override
  public int compareTo(GrantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
