package io.creditledger.core.id;

/**
 * The customer whose credits are kept; the key of every ledger record.
 *
 * @param value 1 to 255 characters; no control characters, no unpaired surrogates, no white space
 *     at either end
 */
public record CustomerId(String value) {

  private static final int CHARS_MAX = 255;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is not as promised; the message begins with {@code
   *     customer}
   */
  public CustomerId {
    Name.check("customer", value, CHARS_MAX);
  }

  @Override
  public String toString() {
    return value;
  }
}
