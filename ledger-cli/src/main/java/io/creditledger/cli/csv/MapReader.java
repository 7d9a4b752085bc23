package io.creditledger.cli.csv;

/** Reads the text of a map of columns from left to right. */
final class MapReader {

  private final String text;
  private int at;

  MapReader(String text) {
    this.text = text;
  }

  /** The name before the next equals sign. */
  String field() {
    int equals = text.indexOf('=', at);
    if (equals < 0) {
      throw new IllegalArgumentException("'" + text.substring(at) + "' is not FIELD=COLUMN");
    }
    String field = text.substring(at, equals).strip();
    at = equals + 1;
    return field;
  }

  /** What follows it. */
  ColumnMap.Source source() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    char first = at < text.length() ? text.charAt(at) : ',';
    return switch (first) {
      case '\'' -> new ColumnMap.Source.Literal(quoted(first));
      case '"' -> new ColumnMap.Source.Column(quoted(first));
      default -> new ColumnMap.Source.Column(bare());
    };
  }

  /** Whether another pair follows; steps over the comma. */
  boolean more() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at == text.length()) {
      return false;
    }
    if (text.charAt(at) != ',') {
      throw new IllegalArgumentException("a comma is missing before '" + text.substring(at) + "'");
    }
    at++;
    return true;
  }

  private String bare() {
    int comma = text.indexOf(',', at);
    int end = comma < 0 ? text.length() : comma;
    String name = text.substring(at, end).strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "a column is missing after '" + text.substring(0, at) + "'");
    }
    at = end;
    return name;
  }

  /** Up to the closing quote; a quote in it stands twice. */
  private String quoted(char quote) {
    StringBuilder value = new StringBuilder();
    int next = at + 1;
    while (next < text.length()) {
      char c = text.charAt(next);
      boolean twice = next + 1 < text.length() && text.charAt(next + 1) == quote;
      if (c == quote && !twice) {
        at = next + 1;
        return value.toString();
      }
      value.append(c);
      next += c == quote ? 2 : 1;
    }
    throw new IllegalArgumentException("a quote is not closed: " + text.substring(at));
  }
}
