package io.creditledger.core.catalog;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Where the boundaries of something that recurs lie. */
public final class Schedule {

  private Schedule() {}

  /**
   * The {@code n}-th boundary after the anchor, which is boundary 0.
   *
   * <p>All {@code n} periods are added to the anchor at once, so that a month end does not wear
   * off: 31 January + 1 month is 28 or 29 February, + 2 months is 31 March. Dates are added to the
   * zone's local time, so that the hour of the day stays through daylight saving. A local time that
   * a clock change skips becomes as much later as the clocks were moved; one that occurs twice is
   * taken with the anchor's own offset if that is one of the two, else the earlier. Hours and below
   * are exact and know no zone.
   *
   * <p>A later boundary never lies before an earlier one.
   *
   * @param n zero or more
   * @throws IllegalArgumentException if {@code n} is negative
   * @throws ArithmeticException or {@link java.time.DateTimeException} if the boundary is beyond
   *     what an {@link Instant} can hold
   */
  public static Instant boundary(Instant anchor, IsoPeriod period, ZoneId zone, long n) {
    if (n < 0) {
      throw new IllegalArgumentException("boundary is negative: " + n);
    }
    if (!period.time().isZero()) {
      return anchor.plus(period.time().multipliedBy(n));
    }
    ZonedDateTime start = anchor.atZone(zone);
    // Not by way of zoned times: a month that ends in a skipped hour would shift the days after it.
    LocalDateTime local =
        start.toLocalDateTime().plus(period.dates().multipliedBy(Math.toIntExact(n)));
    return ZonedDateTime.ofLocal(local, zone, start.getOffset()).toInstant();
  }
}
