package io.creditledger.core.catalog;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;

/**
 * A length of time as ISO 8601 writes it: either calendar dates ({@code P1M}, {@code P1W}) or hours
 * and below ({@code PT1H}), never both.
 *
 * <p>Dates have no fixed length; {@link Schedule} lays them on a calendar.
 *
 * @param dates years, months and days, none negative; zero if it is hours and below
 * @param time hours and below, a second or more; zero if it is dates
 */
public record IsoPeriod(Period dates, Duration time) {

  private static final int YEARS_MAX = 1000;

  /**
   * Checks that it is one or the other and not too long.
   *
   * @throws IllegalArgumentException if it is zero, negative in any part, both dates and time,
   *     below a second, or above 1,000 years
   */
  @SuppressWarnings("JavaPeriodGetDays") // each part of the period is bounded by itself
  public IsoPeriod {
    if (dates.isZero() == time.isZero()) {
      throw new IllegalArgumentException(
          "period must be either dates or hours and below, and not zero: " + dates + ", " + time);
    }
    if (dates.isNegative() || time.isNegative()) {
      throw new IllegalArgumentException("period is negative");
    }
    if (time.isPositive() && time.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("period is shorter than a second: " + time);
    }
    if (dates.toTotalMonths() > YEARS_MAX * 12L
        || dates.getDays() > YEARS_MAX * 366
        || time.toDays() > YEARS_MAX * 366L) {
      throw new IllegalArgumentException("period is longer than " + YEARS_MAX + " years");
    }
  }

  /** A length in dates, such as one month. */
  public static IsoPeriod of(Period dates) {
    return new IsoPeriod(dates, Duration.ZERO);
  }

  /** A length in hours and below. */
  public static IsoPeriod of(Duration time) {
    return new IsoPeriod(Period.ZERO, time);
  }

  /**
   * Reads ISO 8601 text: {@code P1Y}, {@code P3M}, {@code P2W}, {@code P1D}, {@code PT1H}.
   *
   * @throws IllegalArgumentException if it is not such a text, or not a length as promised
   */
  public static IsoPeriod parse(String text) {
    try {
      return text.startsWith("PT") ? of(Duration.parse(text)) : of(Period.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          '"' + text + "\" is not an ISO 8601 period such as P1M, P1W, P1D or PT1H", e);
    }
  }

  /** The ISO 8601 text, with weeks written as days. */
  @Override
  public String toString() {
    return time.isZero() ? dates.toString() : time.toString();
  }
}
