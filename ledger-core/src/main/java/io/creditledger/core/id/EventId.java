package io.creditledger.core.id;

/**
 * The caller's id of one event: what makes a second delivery a duplicate.
 *
 * @param value 1 to 255 characters; no control characters, no unpaired surrogates, no white space
 *     at either end
 */
public record EventId(String value) implements Comparable<EventId> {

  private static final int CHARS_MAX = 255;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is not as promised; the message begins with {@code id}
   */
  public EventId {
    Name.check("id", value, CHARS_MAX);
  }

  /** In the order of UTF-16 units, the same on every machine. */
  @Override
  public int compareTo(EventId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
