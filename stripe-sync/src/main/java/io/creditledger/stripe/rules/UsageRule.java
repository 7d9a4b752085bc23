package io.creditledger.stripe.rules;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How usage reaches Stripe.
 *
 * @param api by which of Stripe's ways
 * @param grace how long after its end a window waits for usage that comes late
 * @param lateGrace how long usage that comes after its window was sent waits for more of its kind
 * @param senders how many calls are made at once, at most; never two for one customer and meter
 * @param callsPerSecond a rate of its own for meter events, which Stripe counts apart when live;
 *     empty: they share the account's
 * @param usageKept how long a single usage is kept, so that its reversal finds its window: longer
 *     than the catalog's {@code id_retention}
 * @param eventsKept how long windows and what was sent for them are kept
 */
public record UsageRule(
    Api api,
    Duration grace,
    Duration lateGrace,
    int senders,
    OptionalInt callsPerSecond,
    Duration usageKept,
    Duration eventsKept) {

  /** What holds where nothing is said. */
  public static final UsageRule DEFAULT =
      new UsageRule(
          Api.SINGLE,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          4,
          OptionalInt.empty(),
          Duration.ofDays(45),
          Duration.ofDays(180));

  private static final int SENDERS_MAX = 32;

  /** Stripe's ways to take meter events. */
  public enum Api {
    /** One by one (v1): what is wrong with an event's time or value is said at once. */
    SINGLE,
    /** Up to a hundred a call (v2): everything wrong is only reported afterwards. */
    STREAM
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a time is negative, senders are not 1 to 32, the rate is
   *     below 1, or events are kept shorter than usage
   */
  public UsageRule {
    if (grace.isNegative() || lateGrace.isNegative()) {
      throw new IllegalArgumentException("grace and late_grace cannot be negative");
    }
    if (senders < 1 || senders > SENDERS_MAX) {
      throw new IllegalArgumentException("senders is not 1 to " + SENDERS_MAX + ": " + senders);
    }
    if (callsPerSecond.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "calls_per_second is below 1: " + callsPerSecond.getAsInt());
    }
    if (!usageKept.isPositive() || eventsKept.compareTo(usageKept) < 0) {
      throw new IllegalArgumentException(
          "usage_kept must be above zero, and events_kept at least as long");
    }
  }
}
