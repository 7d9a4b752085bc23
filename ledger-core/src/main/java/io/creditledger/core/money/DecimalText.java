package io.creditledger.core.money;

/** The one grammar of decimals on the wire: {@code -?digits(.digits)?}, with bounded places. */
final class DecimalText {

  private static final int QUOTED_CHARS_MAX = 40;

  private DecimalText() {}

  /**
   * Checks the grammar and returns the index of the point, or the text's length if it has none.
   *
   * @throws IllegalArgumentException if the text does not follow the grammar
   */
  static int check(String text, int placesMax) {
    int length = text.length();
    int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    int point = digitsEnd(text, start);
    if (point == start) {
      throw notDecimal(text);
    }
    if (point == length) {
      return point;
    }
    if (text.charAt(point) != '.' || point + 1 == length || digitsEnd(text, point + 1) != length) {
      throw notDecimal(text);
    }
    if (length - point - 1 > placesMax) {
      throw new IllegalArgumentException(
          quote(text) + " has more than " + placesMax + " decimal places");
    }
    return point;
  }

  /** The text in quotes for a message of one line: cut where it is long, controls replaced. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .limit(QUOTED_CHARS_MAX)
        .forEach(c -> quoted.appendCodePoint(isPrintable(c) ? c : '\ufffd'));
    if (text.codePointCount(0, text.length()) > QUOTED_CHARS_MAX) {
      quoted.append('…');
    }
    return quoted.append('"').toString();
  }

  private static boolean isPrintable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }

  private static int digitsEnd(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static IllegalArgumentException notDecimal(String text) {
    return new IllegalArgumentException(quote(text) + " is not a decimal number");
  }
}
