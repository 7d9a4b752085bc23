package io.creditledger.streams.webhook;

import io.creditledger.relay.RelayStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** How deliveries go, by endpoint. */
final class WebhookMetrics {

  private final MeterRegistry registry;
  private final Clock clock;
  private volatile List<OutboxDesk.Count> counts = List.of();

  WebhookMetrics(MeterRegistry registry, Clock clock, List<WebhookEndpoint> endpoints) {
    this.registry = registry;
    this.clock = clock;
    endpoints.forEach(endpoint -> bind(endpoint.name()));
  }

  private void bind(String endpoint) {
    for (DeliveryState state : List.of(DeliveryState.PENDING, DeliveryState.DEAD)) {
      Gauge.builder("ledger.webhooks." + state.wireName(), () -> (double) number(endpoint, state))
          .description("Deliveries that are " + state.wireName())
          .tag("endpoint", endpoint)
          .register(registry);
    }
    Gauge.builder("ledger.webhooks.oldest.pending", () -> oldestSeconds(endpoint))
        .description("How long the oldest pending delivery has waited")
        .baseUnit("seconds")
        .tag("endpoint", endpoint)
        .register(registry);
  }

  /** Shows how the relay goes that fills the outbox. */
  void bindRelay(Supplier<RelayStatus> relay) {
    Gauge.builder("ledger.webhooks.relay.behind", () -> (double) relay.get().behind())
        .description("Alerts that are not in the outbox yet")
        .register(registry);
    Gauge.builder(
            "ledger.webhooks.relay.running",
            () -> relay.get().state() == RelayStatus.State.RUNNING ? 1.0 : 0.0)
        .description("1 while alerts come into the outbox")
        .register(registry);
  }

  /** Counts an attempt that was recorded. */
  void attempted(String endpoint, Verdict verdict) {
    String outcome = verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    registry
        .counter("ledger.webhooks.attempts", "endpoint", endpoint, "outcome", outcome)
        .increment();
  }

  /** From now on these are told. */
  void counted(List<OutboxDesk.Count> now) {
    counts = List.copyOf(now);
  }

  private long number(String endpoint, DeliveryState state) {
    return counts.stream()
        .filter(count -> count.endpoint().equals(endpoint) && count.state() == state)
        .mapToLong(OutboxDesk.Count::number)
        .sum();
  }

  private double oldestSeconds(String endpoint) {
    Instant now = clock.instant();
    return counts.stream()
        .filter(count -> count.endpoint().equals(endpoint))
        .filter(count -> count.state() == DeliveryState.PENDING)
        .mapToDouble(count -> Duration.between(count.oldest(), now).toMillis() / 1e3)
        .max()
        .orElse(0);
  }
}
