package io.creditledger.core.id;

/** What every identifier must be, so that it can be a Kafka key, a URL segment and a log field. */
final class Name {

  private Name() {}

  /**
   * Returns the value if it is not empty, has at most {@code charsMax} UTF-16 units, no ISO control
   * character, no unpaired surrogate, and neither begins nor ends with white space.
   *
   * @throws IllegalArgumentException if it is not; the message begins with the field
   */
  static String check(String field, String value, int charsMax) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(field + " is empty");
    }
    if (value.length() > charsMax) {
      throw new IllegalArgumentException(field + " is longer than " + charsMax + " characters");
    }
    if (isSpace(value.charAt(0)) || isSpace(value.charAt(value.length() - 1))) {
      throw new IllegalArgumentException(field + " begins or ends with white space");
    }
    checkCharacters(field, value);
    return value;
  }

  private static void checkCharacters(String field, String value) {
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c <= '~') {
        continue;
      }
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(field + " holds a control character at index " + i);
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == value.length() || !Character.isSurrogatePair(c, value.charAt(i + 1))) {
          throw new IllegalArgumentException(field + " holds an unpaired surrogate at index " + i);
        }
        i++;
      }
    }
  }

  /** White space in the sense of a reader: what Java breaks lines at, and the no-break spaces. */
  private static boolean isSpace(char c) {
    return c == ' ' || (c > 0x7f && Character.isSpaceChar(c));
  }
}
