package io.creditledger.core.replay;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.grant.BurnOrder;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A customer's balance at an instant of business time: what occurred until then counts, whenever it
 * was recorded, as it was decided when it was. A grant counts from its effective time to its end by
 * the calendar, whenever it was made. Shown all entries that are to be known, in the journal's
 * order; not for use by several threads.
 *
 * <p>Nothing is decided anew. So a figure may be below zero: where credits that were freed at noon
 * paid for usage that is recorded later but occurred in the morning, more was used in the morning
 * than there was.
 */
public final class AsOf {

  private final Instant at;
  private final BusinessTimes times = new BusinessTimes();
  private final Map<GrantId, GrantLine> grants = new LinkedHashMap<>();
  private long sequence;
  private final Map<Unit, Beyond> beyond = new TreeMap<>(Comparator.comparing(Unit::value));

  /** What was used beyond grants in a unit. */
  private record Beyond(Credits overage, Credits overdraft) {

    static final Beyond NONE = new Beyond(Credits.ZERO, Credits.ZERO);

    Beyond and(Shortfall.Kind kind, Credits amount) {
      return switch (kind) {
        case OVERAGE -> new Beyond(overage.plus(amount), overdraft);
        case OVERDRAFT -> new Beyond(overage, overdraft.plus(amount));
        case FORGIVEN, NONE -> this;
      };
    }
  }

  /** Nothing has happened yet. */
  public AsOf(Instant at) {
    this.at = at;
  }

  /** The next entry of the journal. */
  public void add(LedgerEntry entry) {
    sequence = entry.header().sequence();
    boolean counts = !times.of(entry).isAfter(at);
    Change change = entry.change();
    NewGrant.of(change).forEach(made -> grants.put(made.grant().id(), new GrantLine(made, counts)));
    if (!counts) {
      return;
    }
    for (Posting posting : change.postings()) {
      grants.get(posting.grant()).move(posting.move(), posting.amount());
    }
    count(change);
  }

  /** The sequence number of the last entry shown; 0 if there was none. */
  public long sequence() {
    return sequence;
  }

  private void count(Change change) {
    switch (change) {
      case Change.Used used -> beyond(used.unit(), used.shortfall());
      case Change.Settled settled -> beyond(settled.unit(), settled.shortfall());
      case Change.Reversed reversed -> cancelled(reversed.unit(), reversed.cancelled());
      case Change.Granted granted -> repaid(granted.unit(), granted.repayments());
      case Change.Adjusted adjusted -> repaid(adjusted.unit(), adjusted.repayments());
      case Change.Confirmed confirmed -> {
        grants.get(confirmed.grant()).become(confirmed.state());
        repaid(confirmed.unit(), confirmed.repayments());
      }
      case Change.BecameEffective effective -> repaid(effective.unit(), effective.repayments());
      case Change.Renewed renewed -> {
        renewed.ended().ifPresent(ended -> grants.get(ended).become(GrantState.EXPIRED));
        repaid(renewed.unit(), renewed.repayments());
      }
      case Change.Voided voided -> {
        if (voided.state() == GrantState.VOIDED) {
          grants.get(voided.grant()).become(GrantState.VOIDED);
        }
      }
      case Change.Cancelled cancelled -> grants.get(cancelled.grant()).cancel();
      case Change.Expired expired -> grants.get(expired.grant()).become(GrantState.EXPIRED);
      case Change.Extended extended -> grants.get(extended.grant()).end(extended.expiresAt());
      case Change.Reserved reserved -> {}
      case Change.Released released -> {}
      case Change.Lapsed lapsed -> {}
      case Change.Configured configured -> {}
      case Change.Reminded reminded -> {}
      case Change.TopUpEnded ended -> {}
    }
  }

  private void beyond(Optional<Unit> unit, Shortfall shortfall) {
    add(unit, shortfall.kind(), shortfall.amount());
  }

  private void cancelled(Optional<Unit> unit, Shortfall shortfall) {
    add(unit, shortfall.kind(), shortfall.amount().negated());
  }

  private void repaid(Optional<Unit> unit, List<Repayment> repayments) {
    for (Repayment repayment : repayments) {
      add(unit, Shortfall.Kind.OVERDRAFT, repayment.amount().negated());
    }
  }

  private void add(Optional<Unit> unit, Shortfall.Kind kind, Credits amount) {
    unit.ifPresent(of -> beyond.put(of, beyond.getOrDefault(of, Beyond.NONE).and(kind, amount)));
  }

  /**
   * The balance of each unit that the customer has by then, by the units' names.
   *
   * @param dimensions settled and held are only of grants that may pay for usage with these;
   *     absent: of all
   */
  public List<UnitAt> units(Optional<Dimensions> dimensions) {
    Map<Unit, UnitAt> units = new TreeMap<>(Comparator.comparing(Unit::value));
    beyond.forEach(
        (unit, sum) ->
            units.put(
                unit,
                new UnitAt(unit, Credits.ZERO, Credits.ZERO, sum.overage(), sum.overdraft())));
    for (GrantLine grant : grants.values()) {
      if (grant.existsAt(at)) {
        Unit unit = grant.terms().unit();
        UnitAt sofar =
            units.getOrDefault(
                unit, new UnitAt(unit, Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO));
        boolean covers = dimensions.isEmpty() || grant.terms().scope().covers(dimensions.get());
        units.put(unit, covers ? grant.addedTo(sofar, at) : sofar);
      }
    }
    return List.copyOf(units.values());
  }

  /**
   * The grants of a unit, in burn order; those that have ended by then only where something of them
   * is held.
   */
  public List<GrantAt> grants(Unit unit) {
    return grants.values().stream()
        .filter(grant -> grant.terms().unit().equals(unit) && grant.existsAt(at))
        .map(grant -> grant.at(at))
        .filter(grant -> !grant.state().ended() || !grant.held().isZero())
        .sorted(Comparator.comparing(GrantAt::terms, BurnOrder.COMPARATOR))
        .toList();
  }
}
