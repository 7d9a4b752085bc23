package io.creditledger.cli.bench;

import java.time.Duration;

/**
 * How much load, and for how long.
 *
 * @param ratePerSecond requests a second, evenly spread
 * @param warmUp how long it goes on before it is measured
 * @param measured how long it is measured
 */
public record LoadPlan(int ratePerSecond, Duration warmUp, Duration measured) {

  public LoadPlan {
    if (ratePerSecond < 1) {
      throw new IllegalArgumentException("the rate is below 1: " + ratePerSecond);
    }
    if (warmUp.isNegative() || !measured.isPositive()) {
      throw new IllegalArgumentException("nothing would be measured");
    }
  }

  /** Requests before those that count. */
  long warmUpRequests() {
    return requests(warmUp);
  }

  /** All requests. */
  long requests() {
    return warmUpRequests() + requests(measured);
  }

  private long requests(Duration time) {
    return Math.multiplyExact(time.toNanos(), ratePerSecond) / Duration.ofSeconds(1).toNanos();
  }

  /** When a request is to be sent, in nanoseconds after the first. */
  long dueNanos(long request) {
    return Math.multiplyExact(request, Duration.ofSeconds(1).toNanos()) / ratePerSecond;
  }
}
