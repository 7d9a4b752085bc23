package io.creditledger.core.account;

import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.grant.BurnDown;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** Balances of an account. The only place where one is computed. */
public final class Balances {

  private Balances() {}

  /**
   * The balance in one unit at an instant, over all scopes. A grant counts from its effective time
   * to its end by the calendar, even where the log is a timer event behind.
   */
  public static UnitBalance of(Account account, Unit unit, Instant at) {
    Credits settled = Credits.ZERO;
    Credits held = Credits.ZERO;
    for (Grant grant : account.grants()) {
      if (grant.terms().unit().equals(unit)) {
        held = held.plus(grant.held());
        settled = settled.plus(grant.burnsAt(at) ? grant.remaining() : grant.held());
      }
    }
    UnitTotals totals = account.totals(unit);
    return new UnitBalance(
        unit, settled, held, totals.overage(), totals.overdraft(), totals.level());
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

  /** The units in which the account has grants or has used anything beyond them. */
  public static Set<Unit> units(Account account) {
    Set<Unit> units = new LinkedHashSet<>();
    account.grants().forEach(grant -> units.add(grant.terms().unit()));
    account.totals().forEach(totals -> units.add(totals.unit()));
    return units;
  }
}
