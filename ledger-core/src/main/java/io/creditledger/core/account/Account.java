package io.creditledger.core.account;

import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.entry.CustomerSettings;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.entry.Series;
import io.creditledger.core.entry.TopUpState;
import io.creditledger.core.event.Position;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.reservation.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one customer's account carries: all that a decision needs, and nothing that has come to
 * rest. Immutable; {@link Ledger#apply} makes the next one.
 *
 * @param sequence entries so far
 * @param chainedTo the sequence number of the entry whose hash is {@code head}
 * @param head hash of the customer's last entry, the next entry's {@code previous}
 * @param lastInput the input of the last entry; absent before the first
 * @param grants not at rest, in burn order
 * @param reservations open, in the order made
 * @param series recurring grants that will come again
 * @param totals what is known of each unit beside its grants
 * @param counts of the current periods of meters that the customer's plan limits
 * @param reminded ends of grants that were told to be near
 * @param topUp where the top-up rule stands
 */
public record Account(
    CustomerId customer,
    long sequence,
    long chainedTo,
    Hash head,
    Optional<Position> lastInput,
    CustomerSettings settings,
    List<Grant> grants,
    List<Reservation> reservations,
    List<Series> series,
    List<UnitTotals> totals,
    List<MeterCount> counts,
    List<EndTold> reminded,
    TopUpState topUp) {

  public Account {
    grants = List.copyOf(grants);
    reservations = List.copyOf(reservations);
    series = List.copyOf(series);
    totals = List.copyOf(totals);
    counts = List.copyOf(counts);
    reminded = List.copyOf(reminded);
  }

  /** The account of a customer of whom the journal says nothing yet. */
  public static Account empty(CustomerId customer) {
    return new Account(
        customer,
        0,
        0,
        Hash.NONE,
        Optional.empty(),
        CustomerSettings.DEFAULT,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        TopUpState.NEW);
  }

  /** This account linked to its last entry, whose journal bytes have that hash. */
  public Account chained(Hash hash) {
    return new Account(
        customer,
        sequence,
        sequence,
        hash,
        lastInput,
        settings,
        grants,
        reservations,
        series,
        totals,
        counts,
        reminded,
        topUp);
  }

  /** The grant of that id, if the account carries it. */
  public Optional<Grant> grant(GrantId id) {
    for (Grant grant : grants) {
      if (grant.id().equals(id)) {
        return Optional.of(grant);
      }
    }
    return Optional.empty();
  }

  /** The open reservation of that id. */
  public Optional<Reservation> reservation(EventId id) {
    for (Reservation reservation : reservations) {
      if (reservation.id().equals(id)) {
        return Optional.of(reservation);
      }
    }
    return Optional.empty();
  }

  /** The series of that id, if it will come again. */
  public Optional<Series> series(GrantId id) {
    for (Series one : series) {
      if (one.id().equals(id)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** What was used beyond grants in that unit. */
  public UnitTotals totals(Unit unit) {
    for (UnitTotals one : totals) {
      if (one.unit().equals(unit)) {
        return one;
      }
    }
    return UnitTotals.none(unit);
  }

  Account seenAt(Unit unit, AlertLevel level) {
    List<UnitTotals> next = new ArrayList<>(totals);
    next.removeIf(one -> one.unit().equals(unit));
    next.add(totals(unit).at(level));
    return with(next, topUp);
  }

  Account with(TopUpState other) {
    return with(totals, other);
  }

  private Account with(List<UnitTotals> nextTotals, TopUpState nextTopUp) {
    return new Account(
        customer,
        sequence,
        chainedTo,
        head,
        lastInput,
        settings,
        grants,
        reservations,
        series,
        nextTotals,
        counts,
        reminded,
        nextTopUp);
  }
}
