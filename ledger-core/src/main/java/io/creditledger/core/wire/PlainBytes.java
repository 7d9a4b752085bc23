package io.creditledger.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Goes through JSON that is plain: printable ASCII without escapes. Whatever else it meets ends the
 * reading with {@link NotPlain}, and is for another reader.
 */
final class PlainBytes {

  private static final int NAME_BYTES_MAX = 100;

  /** Names that are read again and again: their text is at hand and need not be made. */
  private static final String[] KNOWN_NAMES = new String[128];

  static {
    for (String name :
        List.of(
            Field.TYPE,
            Field.ID,
            Field.CUSTOMER,
            Field.METER,
            Field.SUBSCRIPTION,
            Field.QUANTITY,
            Field.CREDITS,
            Field.UNIT,
            Field.OCCURRED_AT,
            Field.PROPERTIES,
            Field.METADATA,
            Field.DESCRIPTION,
            Field.ACTOR)) {
      byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
      KNOWN_NAMES[slot(bytes, 0, bytes.length)] = name;
    }
  }

  /** What is read is not plain. */
  static final class NotPlain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPlain() {
      super("not plain", null, false, false);
    }
  }

  private final byte[] bytes;
  private int at;

  PlainBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether nothing but white space is left. */
  boolean atEnd() {
    skipSpace();
    return at == bytes.length;
  }

  /** Goes past this sign, which must be the next. */
  void expect(char sign) {
    if (next() != sign) {
      throw new NotPlain();
    }
  }

  /** The next byte that is not white space, and goes past it. */
  byte next() {
    skipSpace();
    if (at == bytes.length) {
      throw new NotPlain();
    }
    return bytes[at++];
  }

  /** Goes back to the byte read last. */
  void back() {
    at--;
  }

  /** Whether another member follows, behind a comma; if not, the object has ended. */
  boolean another() {
    return switch (next()) {
      case ',' -> true;
      case '}' -> false;
      default -> throw new NotPlain();
    };
  }

  /** A member's name, up to its colon. */
  String name() {
    expect('"');
    int start = at;
    int end = endOfString();
    int length = end - start;
    if (length == 0 || length > NAME_BYTES_MAX) {
      throw new NotPlain();
    }
    expect(':');
    String known = KNOWN_NAMES[slot(bytes, start, length)];
    return known != null && isAt(known, start, length)
        ? known
        : RecurringTexts.of(bytes, start, end);
  }

  private boolean isAt(String name, int start, int length) {
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) != bytes[start + i]) {
        return false;
      }
    }
    return true;
  }

  private static int slot(byte[] bytes, int start, int length) {
    return (length * 31 + bytes[start] * 7 + bytes[start + length - 1]) & (KNOWN_NAMES.length - 1);
  }

  /** The rest of a string whose quote was read. */
  String string() {
    int start = at;
    return text(start, endOfString());
  }

  /** The same of a string that is likely to be read again in another event. */
  String recurringString() {
    int start = at;
    return RecurringTexts.of(bytes, start, endOfString());
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** Goes past the closing quote, and tells where it stands. */
  private int endOfString() {
    int end = at;
    while (end < bytes.length) {
      byte b = bytes[end];
      if (b == '"') {
        at = end + 1;
        return end;
      }
      if (b < ' ' || b > '~' || b == '\\') {
        throw new NotPlain();
      }
      end++;
    }
    throw new NotPlain();
  }

  /** A number without an exponent; what follows it is not part of a number. */
  String number() {
    int start = at;
    if (bytes[at] == '-') {
      at++;
    }
    int whole = digits();
    if (whole == 0 || (whole > 1 && bytes[at - whole] == '0')) {
      throw new NotPlain();
    }
    if (at < bytes.length && bytes[at] == '.') {
      at++;
      if (digits() == 0) {
        throw new NotPlain();
      }
    }
    return text(start, at);
  }

  private int digits() {
    int start = at;
    while (at < bytes.length && isDigit(bytes[at])) {
      at++;
    }
    return at - start;
  }

  /** Whether a number begins with this byte. */
  static boolean beginsNumber(byte b) {
    return b == '-' || isDigit(b);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private void skipSpace() {
    while (at < bytes.length && isSpace(bytes[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
