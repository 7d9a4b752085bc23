package io.creditledger.core.account;

import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import java.util.ArrayList;
import java.util.List;

/**
 * Overdraft of usage with the same dimensions. It is one sum: a reversal of any such usage lowers
 * what is owed first, and then takes back what grants have repaid, the latest first.
 *
 * @param outstanding still owed
 * @param repaid by which grants, the latest last, so far as it can be taken back
 */
public record Debt(Dimensions dimensions, Credits outstanding, List<Allocation> repaid) {

  /** Repayments remembered; older ones cannot be taken back. */
  static final int REPAYMENTS_MAX = 64;

  public Debt {
    repaid = List.copyOf(repaid);
    if (outstanding.isNegative()) {
      throw new IllegalStateException("a debt is negative: " + outstanding);
    }
  }

  static Debt none(Dimensions dimensions) {
    return new Debt(dimensions, Credits.ZERO, List.of());
  }

  Debt raised(Credits by) {
    return new Debt(dimensions, outstanding.plus(by), repaid);
  }

  Debt repaidBy(GrantId grant, Credits amount) {
    List<Allocation> next = new ArrayList<>(repaid);
    next.add(new Allocation(grant, amount));
    if (next.size() > REPAYMENTS_MAX) {
      next.removeFirst();
    }
    return new Debt(dimensions, outstanding.minus(amount), next);
  }

  /**
   * What a reversal takes back from grants, the latest repayment first; less than the amount where
   * not enough is remembered. All ever repaid is never summed up: it may be more than a balance.
   */
  List<Allocation> lastRepaid(Credits amount) {
    List<Allocation> parts = new ArrayList<>();
    Credits left = amount;
    for (Allocation part : repaid.reversed()) {
      if (left.isZero()) {
        break;
      }
      Credits taken = left.min(part.amount());
      parts.add(new Allocation(part.grant(), taken));
      left = left.minus(taken);
    }
    return parts;
  }

  Debt unrepaid(Credits amount) {
    List<Allocation> next = new ArrayList<>(repaid);
    Credits left = amount;
    while (left.isPositive()) {
      Allocation last = next.removeLast();
      Credits taken = left.min(last.amount());
      left = left.minus(taken);
      if (taken.compareTo(last.amount()) < 0) {
        next.add(new Allocation(last.grant(), last.amount().minus(taken)));
      }
    }
    return new Debt(dimensions, outstanding, next);
  }
}
