package io.creditledger.stripe.rules;

import io.creditledger.core.catalog.Price;
import java.time.Duration;
import java.util.Optional;

/**
 * What Stripe is told of a meter's usage.
 *
 * @param eventName of the Stripe meter, at most 100 characters
 * @param send which part of the usage
 * @param measure in what it is counted
 * @param window over which usage is added up into one event; divides a day
 * @param aggregation whether Stripe adds events up or keeps the last one of a window
 * @param price what Stripe is to charge for one of what is measured, where it is set up from here
 */
public record MeterRule(
    String eventName,
    Send send,
    Measure measure,
    Duration window,
    Aggregation aggregation,
    Optional<Price> price) {

  /** Where a rule does not say: a minute. */
  public static final Duration WINDOW_DEFAULT = Duration.ofMinutes(1);

  private static final int EVENT_NAME_CHARS_MAX = 100;

  /** Which part of a usage is sent. */
  public enum Send {
    /** All of it: Stripe prices it, and burns credit grants of its own. */
    ALL,
    /** What no grant covered and is to be billed. */
    OVERAGE,
    /** Nothing. */
    NONE
  }

  /** In what usage is counted. */
  public enum Measure {
    /** The meter's own quantity, such as tokens. */
    QUANTITY,
    /** The credits it came to. */
    CREDITS
  }

  /** What Stripe makes of several events of one window. */
  public enum Aggregation {
    /** It adds them up. */
    SUM,
    /** It keeps the last it received in each hour in UTC. */
    LAST_OF_HOUR,
    /** It keeps the last it received on each day in UTC. */
    LAST_OF_DAY
  }

  /**
   * Checks the rule.
   *
   * @throws IllegalArgumentException if the name is empty or too long, or the window does not fit
   */
  public MeterRule {
    if (eventName.isBlank() || eventName.length() > EVENT_NAME_CHARS_MAX) {
      throw new IllegalArgumentException("event_name is not of 1 to 100 characters: " + eventName);
    }
    long seconds = window.toSeconds();
    if (seconds < 1 || window.toNanosPart() != 0 || Duration.ofDays(1).toSeconds() % seconds != 0) {
      throw new IllegalArgumentException(
          "window is not a number of seconds that divides a day: " + window);
    }
    Optional<Duration> kept = keptBy(aggregation);
    if (kept.isPresent() && !kept.get().equals(window)) {
      throw new IllegalArgumentException(
          "window is " + window + ", but Stripe keeps the last event of each " + kept.get());
    }
  }

  /** Whether what either counts can stand in one event. */
  boolean addsUpAs(MeterRule other) {
    return window.equals(other.window)
        && aggregation == other.aggregation
        && measure == other.measure;
  }

  /** The window that Stripe keeps one event of; empty where it adds events up. */
  public static Optional<Duration> keptBy(Aggregation aggregation) {
    return switch (aggregation) {
      case SUM -> Optional.empty();
      case LAST_OF_HOUR -> Optional.of(Duration.ofHours(1));
      case LAST_OF_DAY -> Optional.of(Duration.ofDays(1));
    };
  }
}
