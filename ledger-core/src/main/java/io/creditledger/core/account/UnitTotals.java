package io.creditledger.core.account;

import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one unit beside its grants: what was used beyond them, and its alert level.
 *
 * @param overage billed, since the beginning, net of reversals
 * @param forgiven dropped, since the beginning, net of reversals
 * @param debts what is owed, one for each dimensions that ever owed, in the order in which they
 *     first did; in that order they are repaid
 * @param level how the balance stood when it was last looked at for alerts
 */
public record UnitTotals(
    Unit unit, Credits overage, Credits forgiven, List<Debt> debts, AlertLevel level) {

  public UnitTotals {
    debts = List.copyOf(debts);
    if (overage.isNegative() || forgiven.isNegative()) {
      throw new IllegalStateException("overage or forgiven of " + unit + " is negative");
    }
  }

  /** Nothing was ever used beyond grants. */
  static UnitTotals none(Unit unit) {
    return new UnitTotals(unit, Credits.ZERO, Credits.ZERO, List.of(), AlertLevel.UNFUNDED);
  }

  /** All that is owed. */
  public Credits overdraft() {
    Credits sum = Credits.ZERO;
    for (Debt debt : debts) {
      sum = sum.plus(debt.outstanding());
    }
    return sum;
  }

  /** The debt of usage with exactly these dimensions. */
  Optional<Debt> debt(Dimensions dimensions) {
    return debts.stream().filter(debt -> debt.dimensions().equals(dimensions)).findFirst();
  }

  UnitTotals plusOverage(Credits amount) {
    return new UnitTotals(unit, overage.plus(amount), forgiven, debts, level);
  }

  UnitTotals plusForgiven(Credits amount) {
    return new UnitTotals(unit, overage, forgiven.plus(amount), debts, level);
  }

  UnitTotals with(Debt changed) {
    List<Debt> next = new ArrayList<>(debts);
    next.replaceAll(debt -> debt.dimensions().equals(changed.dimensions()) ? changed : debt);
    if (!next.contains(changed)) {
      next.add(changed);
    }
    return new UnitTotals(unit, overage, forgiven, next, level);
  }

  UnitTotals at(AlertLevel other) {
    return new UnitTotals(unit, overage, forgiven, debts, other);
  }
}
