package io.creditledger.core.explain;

import io.creditledger.core.account.Account;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.reservation.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for one usage in a customer's journal, entry by entry from the first, and for what belongs
 * to it. Where an id was used again after it was forgotten, the last use is the one explained. Not
 * for use by several threads.
 */
public final class Inquiry {

  private final EventId usage;
  private final Function<String, Optional<Catalog>> catalogs;
  private final List<Link> links = new ArrayList<>();
  private Optional<Explanation> found = Optional.empty();
  private EventId spentAs;

  /**
   * An inquiry that has seen nothing yet.
   *
   * @param usage the id of a usage, a reservation or a settlement
   * @param catalogs every version that entries name
   */
  public Inquiry(EventId usage, Function<String, Optional<Catalog>> catalogs) {
    this.usage = usage;
    this.catalogs = catalogs;
    this.spentAs = usage;
  }

  /**
   * The customer's next entry.
   *
   * @param before the account that it follows
   * @return whether it is the one looked for
   * @throws IllegalStateException if the catalog it names is not known
   */
  public boolean see(Account before, LedgerEntry entry) {
    if (entry.header().id().equals(usage) && Explanation.concerns(entry)) {
      found = Optional.of(Explanation.of(before, entry, catalog(entry)));
      links.clear();
      spentAs = usage;
      if (entry.change() instanceof Change.Settled settled) {
        // Its reversals name the reservation.
        spentAs = settled.reservation();
        before.reservation(settled.reservation()).ifPresent(held -> links.add(reservedBy(held)));
      }
      return true;
    }
    if (found.isPresent()) {
      follow(before, entry);
    }
    return false;
  }

  private Catalog catalog(LedgerEntry entry) {
    String version = entry.header().catalog();
    return catalogs
        .apply(version)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the catalog topic has no catalog " + version + " that can be read"));
  }

  private static Link reservedBy(Reservation held) {
    return new Link(
        Link.Relation.RESERVED_BY, held.id(), held.sequence(), Optional.empty(), held.credits());
  }

  private void follow(Account before, LedgerEntry entry) {
    Change change = entry.change();
    if (change instanceof Change.Settled settled && settled.reservation().equals(usage)) {
      link(Link.Relation.SETTLED_BY, entry, settled.credits());
    } else if (change instanceof Change.Released end && end.reservation().equals(usage)) {
      link(Link.Relation.RELEASED_BY, entry, held(before));
    } else if (change instanceof Change.Lapsed end && end.reservation().equals(usage)) {
      link(Link.Relation.LAPSED_BY, entry, held(before));
    } else if (change instanceof Change.Reversed reversed && reversed.usage().equals(spentAs)) {
      link(Link.Relation.REVERSED_BY, entry, reversed.amount());
    }
  }

  private Credits held(Account before) {
    return before.reservation(usage).map(Reservation::credits).orElse(Credits.ZERO);
  }

  private void link(Link.Relation relation, LedgerEntry entry, Credits credits) {
    links.add(
        new Link(
            relation,
            entry.header().id(),
            entry.header().sequence(),
            Optional.of(entry.header().recordedAt()),
            credits));
  }

  /** The usage's explanation; empty if the journal, as far as it was seen, has no such usage. */
  public Optional<Explanation> explanation() {
    return found;
  }

  /** What belongs to it, in the journal's order. */
  public List<Link> links() {
    return List.copyOf(links);
  }
}
