package io.creditledger.core.wire;

import io.creditledger.core.event.InstantText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Reads times as RFC 3339 text, to the nanosecond. The usual form is read by hand: the JDK's parser
 * costs as much as a whole decision. {@link InstantText} writes them.
 */
final class Times {

  private static final int SECONDS_PER_DAY = 86_400;
  private static final int PLAIN_CHARS = "2026-11-21T10:00:00Z".length();
  private static final int FRACTION_DIGITS_MAX = 9;

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
