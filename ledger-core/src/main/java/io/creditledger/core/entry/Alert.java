package io.creditledger.core.entry;

import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;

/**
 * Something to be told, decided at the entry that brought it about. Each stands in exactly one
 * entry: a crossing is told once.
 */
public sealed interface Alert {

  /** The unit it concerns. */
  Unit unit();

  /** What kind it is. */
  default AlertType type() {
    return switch (this) {
      case Low low -> AlertType.LOW;
      case Depleted depleted -> AlertType.DEPLETED;
      case Recovered recovered -> AlertType.RECOVERED;
      case ExpiringSoon soon -> AlertType.EXPIRING_SOON;
      case TopUpRequested requested -> AlertType.TOP_UP_REQUESTED;
      case TopUpPaused paused -> AlertType.TOP_UP_PAUSED;
    };
  }

  /** Available credits fell to the low bound or below, and some are left. */
  record Low(Unit unit, Credits available, Credits bound) implements Alert {}

  /** Nothing is available any more. */
  record Depleted(Unit unit, Credits available) implements Alert {}

  /** More than the low bound is available again. */
  record Recovered(Unit unit, Credits available) implements Alert {}

  /** A grant's remainder will expire before long. */
  record ExpiringSoon(Unit unit, GrantId grant, Credits remaining, Instant expiresAt)
      implements Alert {}

  /**
   * Credits are to be bought; nothing more is asked for until this is granted, failed or cancelled.
   */
  record TopUpRequested(Unit unit, EventId topUp, Credits amount) implements Alert {}

  /** The top-up rule asks for nothing more until it is set again. */
  record TopUpPaused(Unit unit, int failures) implements Alert {}
}
