package io.creditledger.stripe.mirror;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an entry changes of one grant. */
sealed interface GrantChange {

  /** It was made. */
  record Made(NewGrant made) implements GrantChange {}

  /** Credits of it moved. */
  record Moved(GrantId grant, Move move, Credits amount) implements GrantChange {}

  /** It is in another state. */
  record Became(GrantId grant, GrantState state) implements GrantChange {}

  /** Its end was moved. */
  record Extended(GrantId grant, Optional<Instant> expiresAt) implements GrantChange {}

  /** All that an entry changes of grants, in the order in which it happens. */
  static List<GrantChange> of(LedgerEntry entry) {
    List<GrantChange> changes = new ArrayList<>();
    made(entry.change()).forEach(made -> changes.add(new Made(made)));
    for (Posting posting : entry.change().postings()) {
      changes.add(new Moved(posting.grant(), posting.move(), posting.amount()));
    }
    changes.addAll(after(entry.change()));
    return changes;
  }

  private static List<NewGrant> made(Change change) {
    return switch (change) {
      case Change.Granted granted -> List.of(granted.made());
      case Change.Adjusted adjusted -> adjusted.made().stream().toList();
      case Change.Renewed renewed -> {
        List<NewGrant> made = new ArrayList<>(List.of(renewed.made()));
        renewed.rollover().ifPresent(made::add);
        yield made;
      }
      case Change.Used other -> List.of();
      case Change.Reserved other -> List.of();
      case Change.Settled other -> List.of();
      case Change.Released other -> List.of();
      case Change.Lapsed other -> List.of();
      case Change.Reversed other -> List.of();
      case Change.Voided other -> List.of();
      case Change.Confirmed other -> List.of();
      case Change.Cancelled other -> List.of();
      case Change.Extended other -> List.of();
      case Change.Configured other -> List.of();
      case Change.BecameEffective other -> List.of();
      case Change.Reminded other -> List.of();
      case Change.TopUpEnded other -> List.of();
      case Change.Expired other -> List.of();
    };
  }

  private static List<GrantChange> after(Change change) {
    return switch (change) {
      case Change.Voided voided -> List.of(new Became(voided.grant(), voided.state()));
      case Change.Confirmed confirmed -> List.of(new Became(confirmed.grant(), confirmed.state()));
      // Only a grant that waited is ended by it; another one is the last of its series and stays.
      case Change.Cancelled cancelled ->
          cancelled.postings().isEmpty()
              ? List.of()
              : List.of(new Became(cancelled.grant(), GrantState.VOIDED));
      case Change.BecameEffective effective ->
          List.of(new Became(effective.grant(), GrantState.OPEN));
      case Change.Expired expired -> List.of(new Became(expired.grant(), GrantState.EXPIRED));
      case Change.Renewed renewed ->
          renewed.ended().stream()
              .<GrantChange>map(old -> new Became(old, GrantState.EXPIRED))
              .toList();
      case Change.Extended extended ->
          List.of(new Extended(extended.grant(), extended.expiresAt()));
      case Change.Used other -> List.of();
      case Change.Reserved other -> List.of();
      case Change.Settled other -> List.of();
      case Change.Released other -> List.of();
      case Change.Lapsed other -> List.of();
      case Change.Reversed other -> List.of();
      case Change.Granted other -> List.of();
      case Change.Adjusted other -> List.of();
      case Change.Configured other -> List.of();
      case Change.Reminded other -> List.of();
      case Change.TopUpEnded other -> List.of();
    };
  }
}
