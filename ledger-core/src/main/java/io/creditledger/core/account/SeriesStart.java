package io.creditledger.core.account;

import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Schedule;
import io.creditledger.core.entry.Series;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.id.GrantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Where a series stands on its calendar when its first grant is made.
 *
 * @param firstEnd when the first grant ends, where it does not say so itself
 */
record SeriesStart(
    Recurring recurring, Instant anchor, long boundary, Instant renewsAt, Instant firstEnd) {

  static SeriesStart of(Account account, Recurring recurring, Instant effectiveAt) {
    ZoneId zone = account.settings().timeZone();
    IsoPeriod every = recurring.recurrence().every();
    Instant anchor = recurring.anchor().orElse(effectiveAt);
    long boundary = firstAfter(anchor, every, zone, effectiveAt);
    Instant renewsAt = Schedule.boundary(anchor, every, zone, boundary);
    return new SeriesStart(
        recurring, anchor, boundary, renewsAt, end(recurring, zone, effectiveAt, renewsAt));
  }

  /** The series, unless its first period is its last. */
  Optional<Series> series(GrantId first) {
    Series series = new Series(first, recurring, 1, first, anchor, boundary, renewsAt);
    return comesAgain(series) ? Optional.of(series) : Optional.empty();
  }

  /** Whether a series that stands in its current period has another one. */
  static boolean comesAgain(Series series) {
    var recurrence = series.recurring().recurrence();
    return (recurrence.count().isEmpty() || series.period() < recurrence.count().getAsInt())
        && (recurrence.until().isEmpty() || series.renewsAt().isBefore(recurrence.until().get()));
  }

  /**
   * The number of the boundary that ends the period which begins when the series renews. It is the
   * next one, unless a change of the customer's time zone has moved that to before the renewal.
   */
  static long boundaryAfter(Series series, ZoneId zone) {
    IsoPeriod every = series.recurring().recurrence().every();
    long next = series.boundary() + 1;
    while (!Schedule.boundary(series.anchor(), every, zone, next).isAfter(series.renewsAt())) {
      next++;
    }
    return next;
  }

  /** When a grant of a series ends: after its lifetime, or else when the next one comes. */
  static Instant end(Recurring recurring, ZoneId zone, Instant effectiveAt, Instant renewsAt) {
    return recurring
        .lifetime()
        .map(lifetime -> Schedule.boundary(effectiveAt, lifetime, zone, 1))
        .orElse(renewsAt);
  }

  /** The number of the first boundary after an instant, found by halving. */
  private static long firstAfter(Instant anchor, IsoPeriod every, ZoneId zone, Instant instant) {
    if (anchor.isAfter(instant)) {
      return 0;
    }
    long high = 1;
    while (!Schedule.boundary(anchor, every, zone, high).isAfter(instant)) {
      high *= 2;
    }
    long low = high / 2;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (Schedule.boundary(anchor, every, zone, middle).isAfter(instant)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
