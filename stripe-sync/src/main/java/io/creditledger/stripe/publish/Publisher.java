package io.creditledger.stripe.publish;

import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import io.creditledger.relay.Database;
import io.creditledger.stripe.publish.Publications.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Publishes what waits to be told to the ledger, in order and one instance at a time. What was
 * published and not yet noted so is published again; the ledger knows it by its id.
 */
public final class Publisher {

  private static final Duration IDLE = Duration.ofMillis(500);
  private static final int BATCH = 100;

  private final Database database;
  private final LedgerInput ledger;
  private final LedgerAlerts alerts;
  private final InstantSource clock;

  /** A publisher; {@link #step} is its loop. */
  public Publisher(
      Database database, LedgerInput ledger, LedgerAlerts alerts, InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** One step of the loop: some of what waits. */
  public Duration step() throws InterruptedException {
    return publish() < BATCH ? IDLE : Duration.ZERO;
  }

  /** Publishes some of what waits, and tells how much. */
  public int publish() throws InterruptedException {
    try (Handle handle = database.jdbi().open()) {
      handle.begin();
      try {
        List<Waiting> waiting = locked(handle) ? Publications.waiting(handle, BATCH) : List.of();
        for (Waiting row : waiting) {
          publish(row);
          Publications.published(handle, row, clock.instant());
        }
        handle.commit();
        return waiting.size();
      } catch (RuntimeException | InterruptedException failed) {
        handle.rollback();
        throw failed;
      }
    }
  }

  private void publish(Waiting row) throws InterruptedException {
    switch (row.destination()) {
      case EVENT -> ledger.publish(event(row));
      case ALERT -> alerts.publish(row.customer(), row.body().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static LedgerEvent event(Waiting row) {
    return switch (EventJson.read(Source.GRANT, row.body().getBytes(StandardCharsets.UTF_8))) {
      case Reading.Read read -> read.event();
      case Reading.Unreadable unreadable ->
          throw new IllegalStateException("own event cannot be read: " + unreadable.detail());
    };
  }

  private static boolean locked(Handle handle) {
    return handle
        .createQuery(
            "select pg_try_advisory_xact_lock(hashtext(current_schema() || '.publication'))")
        .mapTo(boolean.class)
        .one();
  }
}
