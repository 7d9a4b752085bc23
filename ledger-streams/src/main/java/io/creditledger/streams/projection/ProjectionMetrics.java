package io.creditledger.streams.projection;

import io.creditledger.relay.RelayStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** How the projector goes. */
final class ProjectionMetrics {

  private final MeterRegistry registry;

  ProjectionMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows how the relay goes that fills the statement. */
  void bind(Supplier<RelayStatus> relay) {
    Gauge.builder("ledger.projection.behind", () -> (double) relay.get().behind())
        .description("Entries of this instance's partitions that the statement does not have yet")
        .register(registry);
    Gauge.builder(
            "ledger.projection.running",
            () -> relay.get().state() == RelayStatus.State.RUNNING ? 1.0 : 0.0)
        .description("1 while entries come into the statement")
        .register(registry);
  }
}
