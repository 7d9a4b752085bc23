package io.creditledger.streams.webhook;

import io.creditledger.relay.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When something that was not taken is tried again, and when it is given up.
 *
 * <p>Giving up counts from when a delivery was due first, not from when its turn came: behind a
 * receiver that stays away, everything that waited meanwhile is given up at its own time too,
 * instead of one after the other for ever.
 *
 * @param backoff how long to wait after each failure in a row
 * @param giveUpAfter how long after it was first due a delivery is still tried again
 */
public record RetryPlan(Backoff backoff, Duration giveUpAfter) {

  /** After 5 seconds, 10, 20 and so on up to an hour, for three days. */
  public static final RetryPlan DEFAULT =
      new RetryPlan(new Backoff(Duration.ofSeconds(5), Duration.ofHours(1)), Duration.ofDays(3));

  private static final int GONE = 410;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if it gives up before it begins
   */
  public RetryPlan {
    if (!giveUpAfter.isPositive()) {
      throw new IllegalArgumentException("giving up after no time: " + giveUpAfter);
    }
  }

  /**
   * What follows from an attempt.
   *
   * @param failures attempts in a row that failed before this one
   * @param dueFirst when it was due for the first time, or was sent again by hand
   * @param random at least 0 and below 1
   */
  Verdict after(AttemptResult result, int failures, Instant dueFirst, Instant now, double random) {
    if (result.taken()) {
      return new Verdict.Delivered();
    }
    if (result.status().stream().anyMatch(status -> status == GONE)) {
      return new Verdict.Dead();
    }
    Duration wait = backoff.after(failures + 1, random);
    Duration asked = pause(result).orElse(Duration.ZERO);
    Instant at = now.plus(wait.compareTo(asked) < 0 ? asked : wait);
    return at.isAfter(dueFirst.plus(giveUpAfter)) ? new Verdict.Dead() : new Verdict.Retry(at);
  }

  /**
   * How long the receiver wants nothing at all; no longer than the longest wait, so that a mistake
   * of the receiver's does not silence it for days.
   */
  Optional<Duration> pause(AttemptResult result) {
    return switch (result) {
      case AttemptResult.Answered answered ->
          answered
              .retryAfter()
              .filter(asked -> answered.code() == 429 || answered.code() / 100 == 5)
              .map(asked -> asked.compareTo(backoff.most()) < 0 ? asked : backoff.most());
      case AttemptResult.Unanswered unanswered -> Optional.empty();
    };
  }
}
