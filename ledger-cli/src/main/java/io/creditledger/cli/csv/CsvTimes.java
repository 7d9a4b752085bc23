package io.creditledger.cli.csv;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.function.Function;

/** How a file writes times. One without an offset is in UTC; a date is its first moment. */
public final class CsvTimes {

  /** Seconds since 1970, with or without a fraction. */
  public static final String UNIX = "unix";

  /** Milliseconds since 1970. */
  public static final String UNIX_MILLIS = "unix_ms";

  /** {@code 2026-11-21T10:00:00.5+01:00}, a space for the T, any part after the date left out. */
  public static final CsvTimes ISO =
      new CsvTimes(
          "a time such as 2026-11-21T10:00:00Z; --time-format says how others are read",
          formatted(
              new DateTimeFormatterBuilder()
                  .append(DateTimeFormatter.ISO_LOCAL_DATE)
                  .optionalStart()
                  .appendPattern("['T'][' ']")
                  .append(DateTimeFormatter.ISO_LOCAL_TIME)
                  .appendPattern("[' '][XXX][X]")
                  .toFormatter(Locale.ENGLISH)
                  .withResolverStyle(ResolverStyle.STRICT)));

  private static final int NANO_DIGITS = 9;

  private final String what;
  private final Function<String, Instant> reader;

  private CsvTimes(String what, Function<String, Instant> reader) {
    this.what = what;
    this.reader = reader;
  }

  /**
   * Times in a pattern of {@link DateTimeFormatter} with English names, or {@link #UNIX} or {@link
   * #UNIX_MILLIS}.
   *
   * @throws IllegalArgumentException if it is no pattern
   */
  public static CsvTimes pattern(String pattern) {
    String what = "a time in the form " + pattern;
    return switch (pattern) {
      case UNIX -> new CsvTimes(what, text -> unix(new BigDecimal(text)));
      case UNIX_MILLIS -> new CsvTimes(what, text -> unix(new BigDecimal(text).movePointLeft(3)));
      default ->
          new CsvTimes(
              what,
              formatted(
                  DateTimeFormatter.ofPattern(withPlainYears(pattern), Locale.ENGLISH)
                      .withResolverStyle(ResolverStyle.STRICT)));
    };
  }

  /** Strict reading, which does not make 28 February of the 30th, wants u where people write y. */
  private static String withPlainYears(String pattern) {
    StringBuilder plain = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      plain.append(c == 'y' && !quoted ? 'u' : c);
    }
    return plain.toString();
  }

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException if it is not one; the message continues the field's name
   */
  Instant parse(String text) {
    try {
      return reader.apply(text);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("is not " + what + ": " + text, e);
    }
  }

  private static Instant unix(BigDecimal seconds) {
    BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
    return Instant.ofEpochSecond(
        parts[0].longValueExact(), parts[1].movePointRight(NANO_DIGITS).longValue());
  }

  private static Function<String, Instant> formatted(DateTimeFormatter formatter) {
    return text ->
        instant(
            formatter.parseBest(
                text,
                ZonedDateTime::from,
                OffsetDateTime::from,
                LocalDateTime::from,
                LocalDate::from));
  }

  private static Instant instant(TemporalAccessor parsed) {
    if (parsed instanceof LocalDate date) {
      return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (parsed instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC);
    }
    return Instant.from(parsed);
  }
}
