package io.creditledger.cli.scenario;

import io.creditledger.core.event.LedgerEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Scenarios tell time in up to nine decimals, records in three. A record gets the next whole
 * millisecond, and where that is not the scenario's instant, the event says itself when it
 * happened: what it would otherwise take from the record.
 */
final class FineTimes {

  /** What an accepted event was completed to: sent again, it must be the same event. */
  private final Map<LedgerEvent, LedgerEvent> completed = new HashMap<>();

  /** The first whole millisecond that is not before an instant. */
  static Instant recorded(Instant at) {
    Instant floor = at.truncatedTo(ChronoUnit.MILLIS);
    return floor.equals(at) ? at : floor.plusMillis(1);
  }

  /** The event as it is to be sent at an instant. */
  LedgerEvent complete(LedgerEvent event, Instant at) {
    LedgerEvent before = completed.get(event);
    if (before != null) {
      return before;
    }
    return recorded(at).equals(at) ? event : saying(event, at);
  }

  /** The event, sent as that, was accepted. */
  void accepted(LedgerEvent event, LedgerEvent sent) {
    if (!event.equals(sent)) {
      completed.put(event, sent);
    }
  }

  private static LedgerEvent saying(LedgerEvent event, Instant at) {
    Optional<Instant> then = event.occurredAt().or(() -> Optional.of(at));
    return switch (event) {
      case LedgerEvent.Usage usage ->
          new LedgerEvent.Usage(
              usage.id(),
              usage.customer(),
              usage.dimensions(),
              usage.charge(),
              usage.properties(),
              then,
              usage.note());
      case LedgerEvent.Reserve reserve ->
          new LedgerEvent.Reserve(
              reserve.id(),
              reserve.customer(),
              reserve.dimensions(),
              reserve.charge(),
              reserve.properties(),
              reserve.lifetime(),
              then,
              reserve.note());
      case LedgerEvent.Settle settle ->
          new LedgerEvent.Settle(
              settle.id(),
              settle.customer(),
              settle.reservation(),
              settle.charge(),
              settle.properties(),
              then,
              settle.note());
      case LedgerEvent.IssueGrant grant ->
          new LedgerEvent.IssueGrant(
              grant.id(),
              grant.customer(),
              grant.amount(),
              grant.unit(),
              grant.category(),
              grant.priority(),
              grant.effectiveAt().or(() -> Optional.of(at)),
              grant.expiresAt(),
              grant.scope(),
              grant.activation(),
              grant.recurring(),
              grant.details(),
              grant.topUp(),
              then,
              grant.note());
      case LedgerEvent.Release other -> other;
      case LedgerEvent.Reverse other -> other;
      case LedgerEvent.VoidGrant other -> other;
      case LedgerEvent.Adjust other -> other;
      case LedgerEvent.ConfirmGrant other -> other;
      case LedgerEvent.CancelGrant other -> other;
      case LedgerEvent.EndTopUp other -> other;
      case LedgerEvent.Reminder other -> other;
      case LedgerEvent.ExtendGrant other -> other;
      case LedgerEvent.Configure other -> other;
      case LedgerEvent.Timed other -> other;
    };
  }
}
