package io.creditledger.streams.topology;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When a stream thread commits. What was decided soon after it came is committed soon, an interval
 * after the commit before. What had waited longer for its decision may wait half as long again for
 * its commit, up to a bound: a commit costs the same whatever it carries, so rarer ones work off a
 * backlog sooner, and a hiccup is hardly made longer for those who wait.
 *
 * <p>A commit carries all tasks of a thread, so there is one pace for each thread.
 */
public final class CommitPace {

  /** Beyond this a longer interval gains little, and a crash costs more to decide again. */
  static final Duration LONGEST = Duration.ofMillis(200);

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final long shortestMillis;
  private final long longestMillis;
  private long askedAtNanos;
  private long lateMillis;
  private boolean waiting;

  /**
   * A pace that begins now.
   *
   * @param interval between commits while inputs are decided as they come; a millisecond or more
   * @param clock the one that inputs are stamped by
   */
  CommitPace(Duration interval, InstantSource clock) {
    this(interval, clock, System::nanoTime);
  }

  /** The same with another measure of the time that passes. */
  CommitPace(Duration interval, InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.shortestMillis = interval.toMillis();
    this.longestMillis = longest(interval).toMillis();
    this.askedAtNanos = nanoTime.getAsLong();
  }

  /** The longest time between two commits, however late inputs are. */
  public static Duration longest(Duration interval) {
    return interval.compareTo(LONGEST) > 0 ? interval : LONGEST;
  }

  /** How often to ask whether a commit is due while no input comes. */
  Duration lookInterval() {
    return Duration.ofMillis(Math.max(1, shortestMillis / 2));
  }

  /** Notes that an input of that time was decided. */
  void decided(long recordedAtMillis) {
    lateMillis = clock.millis() - recordedAtMillis;
    waiting = true;
  }

  /** Notes that something was written that no input led to. */
  void published() {
    waiting = true;
  }

  /** Whether it is time to commit what was decided; who is told so asks for the commit. */
  boolean isDue() {
    if (!waiting) {
      return false;
    }
    long now = nanoTime.getAsLong();
    long pauseMillis = Math.clamp(lateMillis / 2, shortestMillis, longestMillis);
    if (now - askedAtNanos < TimeUnit.MILLISECONDS.toNanos(pauseMillis)) {
      return false;
    }
    askedAtNanos = now;
    waiting = false;
    return true;
  }
}
