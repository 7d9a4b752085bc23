package io.creditledger.core.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Times as RFC 3339 text, to the nanosecond. The usual forms are read and written by hand: the
 * JDK's formatter costs as much as a whole decision.
 */
final class Times {

  private static final int SECONDS_PER_DAY = 86_400;
  private static final int PLAIN_CHARS = "2026-11-21T10:00:00Z".length();
  private static final int FRACTION_DIGITS_MAX = 9;

  /** The longest text of a plain time. */
  static final int CHARS_MAX = PLAIN_CHARS + 1 + FRACTION_DIGITS_MAX;

  private static final long YEAR_10000 = 253_402_300_800L;

  private Times() {}

  /**
   * Reads a time with any offset.
   *
   * @throws IllegalArgumentException if the text is not one; the message continues the field's name
   */
  static Instant parse(String text) {
    try {
      if (isPlain(text)) {
        return parsePlain(text);
      }
      if (text.matches(".*\\.[^0-9].*")) {
        throw new DateTimeException("a point without digits, which the JDK lets pass");
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is not an RFC 3339 time such as 2026-11-21T10:00:00Z", e);
    }
  }

  /** The text in UTC, the same as {@link Instant#toString} gives. */
  static String text(Instant instant) {
    if (!isPlain(instant)) {
      return instant.toString();
    }
    byte[] chars = new byte[CHARS_MAX];
    return new String(chars, 0, write(instant, chars, 0), StandardCharsets.ISO_8859_1);
  }

  /** Whether {@link #write} can write it: the years 1970 to 9999. */
  static boolean isPlain(Instant instant) {
    long seconds = instant.getEpochSecond();
    return seconds >= 0 && seconds < YEAR_10000;
  }

  /**
   * Writes the text of a plain time where {@link #CHARS_MAX} bytes are free.
   *
   * @return where the text ends
   */
  static int write(Instant instant, byte[] chars, int at) {
    long seconds = instant.getEpochSecond();
    LocalDate date = LocalDate.ofEpochDay(seconds / SECONDS_PER_DAY);
    int second = (int) (seconds % SECONDS_PER_DAY);
    put(chars, at, 4, date.getYear());
    chars[at + 4] = '-';
    put(chars, at + 5, 2, date.getMonthValue());
    chars[at + 7] = '-';
    put(chars, at + 8, 2, date.getDayOfMonth());
    chars[at + 10] = 'T';
    put(chars, at + 11, 2, second / 3600);
    chars[at + 13] = ':';
    put(chars, at + 14, 2, second / 60 % 60);
    chars[at + 16] = ':';
    put(chars, at + 17, 2, second % 60);
    int end = at + 19;
    int nanos = instant.getNano();
    if (nanos != 0) {
      int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : FRACTION_DIGITS_MAX;
      int fraction = nanos;
      for (int i = digits; i < FRACTION_DIGITS_MAX; i++) {
        fraction /= 10;
      }
      chars[end] = '.';
      put(chars, end + 1, digits, fraction);
      end += 1 + digits;
    }
    chars[end] = 'Z';
    return end + 1;
  }

  private static void put(byte[] chars, int at, int digits, int number) {
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      chars[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Whether the text has the shape {@code 2026-11-21T10:00:00[.123456789]Z}. */
  private static boolean isPlain(String text) {
    int length = text.length();
    if (length < PLAIN_CHARS
        || length > PLAIN_CHARS + 1 + FRACTION_DIGITS_MAX
        || length == PLAIN_CHARS + 1
        || text.charAt(length - 1) != 'Z'
        || (length > PLAIN_CHARS && text.charAt(19) != '.')) {
      return false;
    }
    for (int i = 0; i < length - 1; i++) {
      char c = text.charAt(i);
      boolean fits =
          switch (i) {
            case 4, 7 -> c == '-';
            case 10 -> c == 'T';
            case 13, 16 -> c == ':';
            case 19 -> c == '.';
            default -> c >= '0' && c <= '9';
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static Instant parsePlain(String text) {
    LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("no such time of day");
    }
    int nanos = 0;
    if (text.length() > PLAIN_CHARS) {
      int end = text.length() - 1;
      nanos = number(text, 20, end);
      for (int i = end - 20; i < FRACTION_DIGITS_MAX; i++) {
        nanos *= 10;
      }
    }
    long seconds = date.toEpochDay() * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second;
    return Instant.ofEpochSecond(seconds, nanos);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
