package io.creditledger.stripe.usage;

import io.creditledger.relay.Database;
import io.creditledger.relay.Relay;
import io.creditledger.relay.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What stands in the tables, as gauges, looked up a few times a minute. */
final class UsageGauges implements Worker.Step {

  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final UsageStatus NOTHING =
      new UsageStatus(0, Optional.empty(), 0, Optional.empty(), 0, 0, 0, 0, 0);

  private final Database database;
  private final Clock clock;
  private final MeterRegistry registry;
  private volatile UsageStatus status = NOTHING;

  UsageGauges(Database database, Clock clock, MeterRegistry registry, Relay relay) {
    this.database = database;
    this.clock = clock;
    this.registry = registry;
    registry.gauge("stripe.usage.journal.behind", relay, journal -> journal.status().behind());
    gauge("stripe.usage.windows.open", UsageStatus::openWindows);
    gauge("stripe.usage.backlog", UsageStatus::backlog);
    gauge("stripe.usage.cancellations", UsageStatus::cancellations);
    gauge("stripe.usage.parked", UsageStatus::parked);
    gauge("stripe.usage.unknown", UsageStatus::unknown);
    gauge("stripe.usage.skipped", UsageStatus::skipped);
    gauge("stripe.usage.errors.unmatched", UsageStatus::unmatchedErrors);
    gauge("stripe.usage.oldest.unsent.seconds", one -> age(one.oldestUnsent()));
  }

  private void gauge(String name, ToDoubleFunction<UsageStatus> value) {
    registry.gauge(name, this, gauges -> value.applyAsDouble(gauges.status));
  }

  private double age(Optional<Instant> start) {
    return start.map(at -> (double) Duration.between(at, clock.instant()).toSeconds()).orElse(0.0);
  }

  @Override
  public Duration run() {
    status = database.jdbi().withHandle(UsageStatus::of);
    return EVERY;
  }
}
