package io.creditledger.relay;

import java.time.Duration;

/**
 * How long to wait before something that failed is tried again: twice as long after each failure,
 * up to a most, and a random part less, so that many who failed together do not come back together.
 *
 * @param first the longest wait after the first failure
 * @param most the longest wait of all
 */
public record Backoff(Duration first, Duration most) {

  private static final int DOUBLINGS_MAX = 40;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException unless zero is less than first, and first at most most
   */
  public Backoff {
    if (!first.isPositive() || first.compareTo(most) > 0) {
      throw new IllegalArgumentException("backoff is not in 0 < first <= most: " + first);
    }
  }

  /**
   * The wait after so many failures in a row: between half of it and all of it.
   *
   * @param failures at least 1
   * @param random at least 0 and below 1
   */
  public Duration after(int failures, double random) {
    int doublings = Math.min(failures - 1, DOUBLINGS_MAX);
    double longest =
        Math.min(Math.scalb((double) first.toMillis(), doublings), (double) most.toMillis());
    return Duration.ofMillis(Math.round(longest * (1 + random) / 2));
  }
}
