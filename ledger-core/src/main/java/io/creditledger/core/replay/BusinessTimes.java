package io.creditledger.core.replay;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When entries of one customer count in business time: when they occurred, but nothing undoes or
 * ends what has not begun, and what a timer brought about counts when it was due. Entries are shown
 * in the journal's order.
 */
final class BusinessTimes {

  private final Map<EventId, Instant> usage = new HashMap<>();
  private final Map<EventId, Instant> lapses = new HashMap<>();
  private final Map<GrantId, GrantTerms> terms = new HashMap<>();

  /** When the entry counts. */
  Instant of(LedgerEntry entry) {
    Instant occurred = entry.header().occurredAt();
    return switch (entry.change()) {
      case Change.Used used -> keep(entry.header().id(), occurred);
      case Change.Reserved reserved -> {
        lapses.put(reserved.reservation().id(), reserved.reservation().expiresAt());
        yield keep(reserved.reservation().id(), occurred);
      }
      case Change.Settled settled ->
          keep(settled.reservation(), notBefore(occurred, settled.reservation()));
      case Change.Released released -> notBefore(occurred, released.reservation());
      case Change.Lapsed lapsed ->
          notBefore(lapses.getOrDefault(lapsed.reservation(), occurred), lapsed.reservation());
      case Change.Reversed reversed -> notBefore(occurred, reversed.usage());
      case Change.Granted granted -> made(occurred, Stream.of(granted.made()));
      case Change.Adjusted adjusted -> made(occurred, adjusted.made().stream());
      case Change.Renewed renewed ->
          made(
              renewed.made().grant().terms().effectiveAt(),
              Stream.concat(Stream.of(renewed.made()), renewed.rollover().stream()));
      case Change.Extended extended -> {
        terms.computeIfPresent(
            extended.grant(), (id, before) -> before.expiring(extended.expiresAt()));
        yield occurred;
      }
      case Change.BecameEffective effective ->
          known(effective.grant()).map(GrantTerms::effectiveAt).orElse(occurred);
      case Change.Expired expired ->
          known(expired.grant()).flatMap(GrantTerms::expiresAt).orElse(occurred);
      case Change.Voided voided -> occurred;
      case Change.Confirmed confirmed -> occurred;
      case Change.Cancelled cancelled -> occurred;
      case Change.Configured configured -> occurred;
      case Change.Reminded reminded -> occurred;
      case Change.TopUpEnded ended -> occurred;
    };
  }

  private Instant keep(EventId id, Instant at) {
    usage.put(id, at);
    return at;
  }

  private Instant notBefore(Instant at, EventId begun) {
    Instant begin = usage.getOrDefault(begun, at);
    return at.isBefore(begin) ? begin : at;
  }

  private Instant made(Instant at, Stream<NewGrant> grants) {
    grants.forEach(made -> terms.put(made.grant().id(), made.grant().terms()));
    return at;
  }

  private Optional<GrantTerms> known(GrantId grant) {
    return Optional.ofNullable(terms.get(grant));
  }
}
