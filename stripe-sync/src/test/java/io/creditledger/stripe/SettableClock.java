package io.creditledger.stripe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Safe for several threads. */
public final class SettableClock extends Clock {

  private final AtomicReference<Instant> now;

  SettableClock(Instant now) {
    this.now = new AtomicReference<>(now);
  }

  /** From now on it is that time. */
  public void set(Instant time) {
    now.set(time);
  }

  /** From now on it is so much later. */
  public void advance(Duration by) {
    now.updateAndGet(time -> time.plus(by));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
