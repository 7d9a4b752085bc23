package io.creditledger.stripe.simulator.event;

import java.time.Duration;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** One copy of one event on its way to one endpoint. Ordered by when it is due, then as offered. */
record Delivery(
    String eventId,
    String type,
    String body,
    String endpointId,
    int attempt,
    long sequence,
    long dueNanos,
    boolean prompt)
    implements Delayed {

  /** The same, said to go out at once or not. */
  Delivery prompt(boolean atOnce) {
    return new Delivery(eventId, type, body, endpointId, attempt, sequence, dueNanos, atOnce);
  }

  Delivery due(Duration later) {
    return new Delivery(
        eventId,
        type,
        body,
        endpointId,
        attempt,
        sequence,
        System.nanoTime() + later.toNanos(),
        prompt);
  }

  Delivery again(Duration later) {
    return new Delivery(
        eventId,
        type,
        body,
        endpointId,
        attempt + 1,
        sequence,
        System.nanoTime() + later.toNanos(),
        prompt);
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    Delivery that = (Delivery) other;
    long difference = dueNanos - that.dueNanos;
    return difference != 0 ? Long.signum(difference) : Long.compare(sequence, that.sequence);
  }
}
