package io.creditledger.core.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Times as text in UTC, the same as {@link Instant#toString} gives. Those of the years 1970 to 9999
 * are written by hand: the JDK's formatter costs as much as a whole decision.
 */
public final class InstantText {

  private static final int SECONDS_PER_DAY = 86_400;
  private static final int FRACTION_DIGITS_MAX = 9;
  private static final long YEAR_10000 = 253_402_300_800L;

  /** The longest text of a plain time. */
  public static final int CHARS_MAX = "2026-11-21T10:00:00.123456789Z".length();

  private InstantText() {}

  /** The text. */
  public static String of(Instant instant) {
    if (!isPlain(instant)) {
      return instant.toString();
    }
    byte[] chars = new byte[CHARS_MAX];
    return new String(chars, 0, write(instant, chars, 0), StandardCharsets.ISO_8859_1);
  }

  /** Whether {@link #write} can write it: the years 1970 to 9999. */
  public static boolean isPlain(Instant instant) {
    long seconds = instant.getEpochSecond();
    return seconds >= 0 && seconds < YEAR_10000;
  }

  /**
   * Writes the text of a plain time where {@link #CHARS_MAX} bytes are free.
   *
   * @return where the text ends
   */
  public static int write(Instant instant, byte[] chars, int at) {
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
}
