package io.creditledger.streams.topology;

import java.time.Duration;

/**
 * How the timers run.
 *
 * @param interval how often due timers are looked for
 * @param retryAfter when a timer whose event has not been decided is published again
 * @param sweepInterval how often a piece of the processed ids is searched for old ones
 */
public record TimerSettings(Duration interval, Duration retryAfter, Duration sweepInterval) {

  /** Ten times a second; again after ten seconds; a piece of the ids each second. */
  public static final TimerSettings DEFAULT =
      new TimerSettings(Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(1));
}
