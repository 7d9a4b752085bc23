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
    long seconds = instant.getEpochSecond();
    if (seconds < 0 || seconds >= YEAR_10000) {
      return instant.toString();
    }
    int nanos = instant.getNano();
    int fractionDigits =
        nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : FRACTION_DIGITS_MAX;
    byte[] chars = new byte[PLAIN_CHARS + (fractionDigits == 0 ? 0 : fractionDigits + 1)];
    LocalDate date = LocalDate.ofEpochDay(seconds / SECONDS_PER_DAY);
    int second = (int) (seconds % SECONDS_PER_DAY);
    put(chars, 0, 4, date.getYear());
    chars[4] = '-';
    put(chars, 5, 2, date.getMonthValue());
    chars[7] = '-';
    put(chars, 8, 2, date.getDayOfMonth());
    chars[10] = 'T';
    put(chars, 11, 2, second / 3600);
    chars[13] = ':';
    put(chars, 14, 2, second / 60 % 60);
    chars[16] = ':';
    put(chars, 17, 2, second % 60);
    if (fractionDigits > 0) {
      chars[19] = '.';
      int fraction = nanos;
      for (int i = fractionDigits; i < FRACTION_DIGITS_MAX; i++) {
        fraction /= 10;
      }
      put(chars, 20, fractionDigits, fraction);
    }
    chars[chars.length - 1] = 'Z';
    return new String(chars, StandardCharsets.ISO_8859_1);
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
