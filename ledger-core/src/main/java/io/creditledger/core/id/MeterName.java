package io.creditledger.core.id;

/**
 * The name of a meter in the catalog, such as {@code llm.input_tokens}.
 *
 * @param value 1 to 100 characters; no control characters, no unpaired surrogates, no white space
 *     at either end
 */
public record MeterName(String value) {

  private static final int CHARS_MAX = 100;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is not as promised; the message begins with {@code
   *     meter}
   */
  public MeterName {
    Name.check("meter", value, CHARS_MAX);
  }

  @Override
  public String toString() {
    return value;
  }
}
