package io.creditledger.core.wire;

import io.creditledger.core.id.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Goes through JSON that is plain: printable ASCII without escapes. Whatever else it meets ends the
 * reading with {@link NotPlain}, and is for another reader.
 */
final class PlainBytes {

  private static final int NAME_BYTES_MAX = 100;

  /**
   * A name that is read again and again. Producers write their fields in one order, so the name
   * that followed it last is likely to follow it again, and is looked for first.
   */
  private static final class KnownName {
    private final String name;

    /** As it nearly always stands there: in quotes and with its colon. */
    private final byte[] written;

    /** Threads may overwrite each other's guess; a wrong one costs a look. */
    private KnownName next = this;

    KnownName(String name) {
      this.name = name;
      this.written = ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }
  }

  private static final Map<String, KnownName> KNOWN =
      Stream.of(
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
              Field.ACTOR)
          .collect(Collectors.toUnmodifiableMap(name -> name, KnownName::new));

  /** Stands before the first name, and holds the guess at it. */
  private static final KnownName BEGINNING = new KnownName(Field.TYPE);

  /** What is read is not plain. */
  static final class NotPlain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPlain() {
      super("not plain", null, false, false);
    }
  }

  private final byte[] bytes;
  private int at;
  private KnownName last = BEGINNING;

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
    KnownName guess = last.next;
    int after = at + guess.written.length;
    if (after <= bytes.length
        && Arrays.equals(bytes, at, after, guess.written, 0, guess.written.length)) {
      at = after;
      last = guess;
      return guess.name;
    }
    return otherName();
  }

  private String otherName() {
    expect('"');
    int start = at;
    int end = endOfString();
    if (end == start || end - start > NAME_BYTES_MAX) {
      throw new NotPlain();
    }
    expect(':');
    String name = RecurringTexts.of(bytes, start, end);
    KnownName known = KNOWN.get(name);
    if (known != null) {
      last.next = known;
      last = known;
    }
    return name;
  }

  /** The object of texts that begins here, if it is one that recurs; goes past it then. */
  Optional<Texts> recurringObject() {
    RecurringObjects.Known known = RecurringObjects.at(bytes, at);
    if (known == null) {
      return Optional.empty();
    }
    at += known.length();
    return Optional.of(known.texts());
  }

  /** Has the object of texts that began there and has just ended found where it recurs. */
  void keepObject(int start, Texts texts) {
    RecurringObjects.keep(bytes, start, at, texts);
  }

  /** Where it is. */
  int at() {
    return at;
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
    while (end + Long.BYTES <= bytes.length && Words.isPlainText(Words.get(bytes, end))) {
      end += Long.BYTES;
    }
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
