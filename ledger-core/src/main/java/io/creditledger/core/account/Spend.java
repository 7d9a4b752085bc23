package io.creditledger.core.account;

import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.util.ArrayList;
import java.util.List;

/**
 * What a usage still stands for: who paid how much of it, less what was reversed.
 *
 * @param allocations in the order drawn
 * @param uncovered what no grant covered when it was decided, less what was reversed
 */
public record Spend(
    Unit unit, Dimensions dimensions, List<Allocation> allocations, Shortfall uncovered) {

  public Spend {
    allocations = List.copyOf(allocations);
  }

  /** All that can still be reversed. */
  public Credits total() {
    Credits sum = uncovered.amount();
    for (Allocation allocation : allocations) {
      sum = sum.plus(allocation.amount());
    }
    return sum;
  }

  /**
   * What is left after a part of it was reversed.
   *
   * @param fromUncovered taken from the uncovered part
   * @param fromGrants taken from the allocations, the last first
   */
  Spend less(Credits fromUncovered, Credits fromGrants) {
    List<Allocation> left = new ArrayList<>(allocations);
    Credits toTake = fromGrants;
    while (toTake.isPositive()) {
      Allocation last = left.removeLast();
      Credits part = toTake.min(last.amount());
      toTake = toTake.minus(part);
      if (part.compareTo(last.amount()) < 0) {
        left.add(new Allocation(last.grant(), last.amount().minus(part)));
      }
    }
    return new Spend(
        unit,
        dimensions,
        left,
        Shortfall.of(uncovered.kind(), uncovered.amount().minus(fromUncovered)));
  }
}
