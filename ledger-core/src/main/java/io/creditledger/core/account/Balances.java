package io.creditledger.core.account;

import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.grant.BurnDown;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Move;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Balances of an account. The only place where one is computed. */
public final class Balances {

  private Balances() {}

  /**
   * The balance in one unit at an instant, over all scopes. A grant counts from its effective time
   * to its end by the calendar, even where the log is a timer event behind.
   */
  public static UnitBalance of(Account account, Unit unit, Instant at) {
    return sum(account, unit, Optional.empty(), at);
  }

  /**
   * The same, but settled and held are only of grants that may pay for usage with these dimensions.
   * Overage and overdraft are the customer's in that unit, whatever caused them.
   */
  public static UnitBalance of(Account account, Unit unit, Dimensions dimensions, Instant at) {
    return sum(account, unit, Optional.of(dimensions), at);
  }

  private static UnitBalance sum(
      Account account, Unit unit, Optional<Dimensions> dimensions, Instant at) {
    long unheld = 0;
    long held = 0;
    for (Grant grant : account.grants()) {
      if (grant.terms().unit().equals(unit)
          && (dimensions.isEmpty() || grant.terms().scope().covers(dimensions.get()))) {
        held = Math.addExact(held, grant.held().micros());
        if (grant.burnsAt(at)) {
          unheld = Math.addExact(unheld, grant.unheld().micros());
        }
      }
    }
    UnitTotals totals = account.totals(unit);
    return new UnitBalance(
        unit,
        Credits.ofMicros(Math.addExact(unheld, held)),
        Credits.ofMicros(held),
        totals.overage(),
        totals.overdraft(),
        totals.level());
  }

  /**
   * A grant as the calendar has it at an instant, where the log may be a timer event behind: a
   * scheduled one whose time has come is open, and what is left unheld of one whose time is over
   * has expired. The open ones are those that count in a balance.
   */
  public static Grant asOf(Grant grant, Instant at) {
    if (grant.state() != GrantState.OPEN && grant.state() != GrantState.SCHEDULED) {
      return grant;
    }
    if (grant.burnsAt(at)) {
      return grant.state() == GrantState.OPEN ? grant : grant.in(GrantState.OPEN);
    }
    if (at.isBefore(grant.terms().effectiveAt())) {
      return grant.state() == GrantState.SCHEDULED ? grant : grant.in(GrantState.SCHEDULED);
    }
    return grant.after(Move.EXPIRE, grant.unheld()).in(GrantState.EXPIRED);
  }

  /** What usage with these dimensions could burn at an instant. */
  public static Credits availableFor(
      Account account, Unit unit, Dimensions dimensions, Instant at) {
    Credits sum = Credits.ZERO;
    for (Grant grant : account.grants()) {
      if (BurnDown.pays(grant, unit, dimensions, at)) {
        sum = sum.plus(grant.unheld());
      }
    }
    return sum;
  }

  /** The units in which the account has grants or has used anything beyond them, each once. */
  public static List<Unit> units(Account account) {
    List<Unit> units = new ArrayList<>(2);
    for (Grant grant : account.grants()) {
      addOnce(units, grant.terms().unit());
    }
    for (UnitTotals totals : account.totals()) {
      addOnce(units, totals.unit());
    }
    return units;
  }

  /** A customer has credits in few units. */
  private static void addOnce(List<Unit> units, Unit unit) {
    if (!units.contains(unit)) {
      units.add(unit);
    }
  }
}
