package io.creditledger.stripe.reconcile;

import java.time.Duration;
import java.time.Instant;

/** A half-open interval of time in whole minutes, as Stripe adds usage up over. */
record Span(Instant from, Instant to) {

  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration DAY = Duration.ofDays(1);

  /**
   * Checks the interval.
   *
   * @throws IllegalArgumentException if it is empty or not of whole minutes
   */
  Span {
    if (!from.isBefore(to) || !from.equals(floor(from, MINUTE)) || !to.equals(floor(to, MINUTE))) {
      throw new IllegalArgumentException("no interval of whole minutes: " + from + " to " + to);
    }
  }

  /** The smallest one of whole hours or days in UTC that has all of the interval in it. */
  static Span around(Instant from, Instant to, Duration length) {
    Instant end = floor(to, length);
    return new Span(floor(from, length), end.equals(to) ? end : end.plus(length));
  }

  /** Where the hour or day in UTC begins that an instant falls into. */
  static Instant floor(Instant at, Duration length) {
    long seconds = length.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  boolean contains(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  Duration length() {
    return Duration.between(from, to);
  }

  /** The instant of a whole minute that is nearest to the middle from below. */
  Instant middle() {
    return floor(from.plus(length().dividedBy(2)), MINUTE);
  }

  @Override
  public String toString() {
    return from + "/" + to;
  }
}
