package io.creditledger.streams.projection;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.EntryJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an entry did to one grant, as a row of the table {@code movement}.
 *
 * @param move the posting's move; {@code grant} where the entry makes the grant; else the entry's
 *     type
 * @param amount zero where nothing moved
 * @param remaining what the grant has left and unheld after it; absent where nothing moved
 */
record Movement(GrantId grant, String move, Credits amount, Optional<Credits> remaining) {

  /** How a grant's making is called. */
  static final String MADE = "grant";

  /** All of an entry, in the order in which they happen; every grant it names has at least one. */
  static List<Movement> of(LedgerEntry entry) {
    Change change = entry.change();
    List<Movement> all = new ArrayList<>(2);
    for (NewGrant made : NewGrant.of(change)) {
      Credits granted = made.grant().granted();
      all.add(new Movement(made.grant().id(), MADE, granted, Optional.of(granted)));
    }
    for (Posting posting : change.postings()) {
      all.add(
          new Movement(
              posting.grant(),
              posting.move().wireName(),
              posting.amount(),
              Optional.of(posting.remaining())));
    }
    for (GrantId named : named(change)) {
      if (all.stream().noneMatch(one -> one.grant().equals(named))) {
        all.add(
            new Movement(
                named, EntryJson.typeOf(change).wireName(), Credits.ZERO, Optional.empty()));
      }
    }
    return all;
  }

  private static List<GrantId> named(Change change) {
    return switch (change) {
      case Change.Voided voided -> List.of(voided.grant());
      case Change.Confirmed confirmed -> List.of(confirmed.grant());
      case Change.Cancelled cancelled -> List.of(cancelled.grant());
      case Change.Extended extended -> List.of(extended.grant());
      case Change.BecameEffective effective -> List.of(effective.grant());
      case Change.Expired expired -> List.of(expired.grant());
      case Change.Reminded reminded -> reminded.grant().stream().toList();
      case Change.Renewed renewed ->
          Stream.concat(Stream.of(renewed.series()), renewed.ended().stream()).toList();
      case Change.Used used -> List.of();
      case Change.Reserved reserved -> List.of();
      case Change.Settled settled -> List.of();
      case Change.Released released -> List.of();
      case Change.Lapsed lapsed -> List.of();
      case Change.Reversed reversed -> List.of();
      case Change.Granted granted -> List.of();
      case Change.Adjusted adjusted -> List.of();
      case Change.Configured configured -> List.of();
      case Change.TopUpEnded ended -> List.of();
    };
  }
}
