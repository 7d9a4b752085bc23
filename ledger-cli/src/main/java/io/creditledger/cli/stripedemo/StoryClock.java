package io.creditledger.cli.stripedemo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** Time that goes on by itself, and leaps when the story does. Safe for use by several threads. */
final class StoryClock extends Clock {

  private final Clock machine;
  private volatile Duration ahead = Duration.ZERO;

  StoryClock(Clock machine) {
    this.machine = machine;
  }

  /** It is that time now, and goes on from there. */
  void leapTo(Instant time) {
    ahead = Duration.between(machine.instant(), time);
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return machine.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    StoryClock other = new StoryClock(machine.withZone(zone));
    other.ahead = ahead;
    return other;
  }
}
