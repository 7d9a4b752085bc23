package io.creditledger.core.event;

import java.time.Instant;

/**
 * An event as the log recorded it.
 *
 * @param recordedAt the broker's append time: the one clock that decisions know
 */
public record Input(LedgerEvent event, Position position, Instant recordedAt) {

  /** When it happened: what the producer says, or else when it was recorded. */
  public Instant occurredAt() {
    return event.occurredAt().orElse(recordedAt);
  }
}
