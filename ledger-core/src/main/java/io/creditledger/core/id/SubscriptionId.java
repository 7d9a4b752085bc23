package io.creditledger.core.id;

/**
 * A subscription that grants and usage may be limited to.
 *
 * @param value 1 to 255 characters; no control characters, no unpaired surrogates, no white space
 *     at either end
 */
public record SubscriptionId(String value) {

  private static final int CHARS_MAX = 255;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is not as promised; the message begins with {@code
   *     subscription}
   */
  public SubscriptionId {
    Name.check("subscription", value, CHARS_MAX);
  }

  @Override
  public String toString() {
    return value;
  }
}
