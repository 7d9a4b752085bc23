package io.creditledger.stripe.outbox;

import io.creditledger.stripe.client.Attempt;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what becomes of meter events on their way. */
public final class SenderMetrics {

  private static final String EVENTS = "stripe.meter.events";
  private static final String RETRIES = "stripe.meter.retries";

  private final MeterRegistry registry;

  /** Counts in that registry. */
  public SenderMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void delivered(int events) {
    count("delivered", events);
  }

  void duplicates(int events) {
    count("duplicate", events);
  }

  void cancelled() {
    count("cancelled", 1);
  }

  private void count(String outcome, int events) {
    registry.counter(EVENTS, "outcome", outcome).increment(events);
  }

  void stopped(String reason) {
    registry.counter("stripe.meter.stopped", "reason", reason).increment();
  }

  void retried(Attempt.Cause cause) {
    registry.counter(RETRIES, "cause", cause.name().toLowerCase(Locale.ROOT)).increment();
  }
}
