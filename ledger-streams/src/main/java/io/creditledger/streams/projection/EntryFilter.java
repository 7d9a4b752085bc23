package io.creditledger.streams.projection;

import io.creditledger.core.event.EventType;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import java.util.Optional;

/**
 * Which entries are wanted: those that match all that is said.
 *
 * @param grant that the entry moves credits of, makes or changes
 * @param usage the id of a usage or reservation: what it cost, and what was made of it later
 * @param occurred when it happened
 * @param recorded when it was recorded
 */
public record EntryFilter(
    Optional<EventType> type,
    Optional<GrantId> grant,
    Optional<MeterName> meter,
    Optional<SubscriptionId> subscription,
    Optional<EventId> usage,
    Period occurred,
    Period recorded) {

  /** Every entry. */
  public static final EntryFilter ALL =
      new EntryFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Period.ALWAYS,
          Period.ALWAYS);
}
