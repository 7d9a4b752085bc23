package io.creditledger.core.wire;

/** Callers' text in messages: one short line that any log and any encoder takes. */
final class Excerpt {

  private static final int QUOTED_CHARS_MAX = 60;
  private static final int MESSAGE_CHARS_MAX = 1_000;

  private Excerpt() {}

  /** The text in quotes, cut where it is long. */
  static String quoted(String text) {
    return '"' + cut(text, QUOTED_CHARS_MAX) + '"';
  }

  /** A whole message, cut where it is long. */
  static String unquoted(String text) {
    return cut(text, MESSAGE_CHARS_MAX);
  }

  private static String cut(String text, int charsMax) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), charsMax) + 1);
    text.codePoints()
        .limit(charsMax)
        .forEach(c -> line.appendCodePoint(isPrintable(c) ? c : '\ufffd'));
    if (text.codePointCount(0, text.length()) > charsMax) {
      line.append('…');
    }
    return line.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }
}
