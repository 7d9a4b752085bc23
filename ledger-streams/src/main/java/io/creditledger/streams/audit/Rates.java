package io.creditledger.streams.audit;

import java.time.Duration;

/** How much in a second. */
final class Rates {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Rates() {}

  static long perSecond(long count, Duration took) {
    return Math.round((double) count * NANOS_PER_SECOND / Math.max(1, took.toNanos()));
  }
}
