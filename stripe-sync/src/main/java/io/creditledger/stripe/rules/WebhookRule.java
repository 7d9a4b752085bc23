package io.creditledger.stripe.rules;

import java.time.Duration;

/**
 * How Stripe's events are taken in.
 *
 * @param catchUp how often Stripe's list of events is read for those whose webhooks never came
 * @param kept how long events are kept that are done with: longer than Stripe can repeat them
 */
public record WebhookRule(Duration catchUp, Duration kept) {

  /** Stripe lists events for 30 days. */
  private static final Duration KEPT_MIN = Duration.ofDays(31);

  /** Every five minutes, and two months. */
  public static final WebhookRule DEFAULT =
      new WebhookRule(Duration.ofMinutes(5), Duration.ofDays(62));

  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException if an event could come back after it was forgotten, or the
   *     list would be read all the time
   */
  public WebhookRule {
    if (catchUp.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("catch_up must be a second or more: " + catchUp);
    }
    if (kept.compareTo(KEPT_MIN) < 0) {
      throw new IllegalArgumentException(
          "kept must be 31 days or more, since Stripe lists events for 30: " + kept);
    }
  }
}
