package io.creditledger.core.grant;

import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.List;

/**
 * An amount taken from grants in burn order: which grant pays how much, and what none covers.
 *
 * @param allocations in the order drawn; each grant at most once
 * @param uncovered the rest; zero or positive
 */
public record BurnDown(List<Allocation> allocations, Credits uncovered) {

  public BurnDown {
    allocations = List.copyOf(allocations);
  }

  /**
   * Draws an amount from the grants that live at an instant and cover the dimensions.
   *
   * @param inBurnOrder the customer's grants, sorted by {@link BurnOrder}
   * @param amount zero or positive
   */
  public static BurnDown draw(
      List<Grant> inBurnOrder, Unit unit, Dimensions dimensions, Instant at, Credits amount) {
    Gathered<Allocation> allocations = new Gathered<>();
    Credits left = amount;
    for (Grant grant : inBurnOrder) {
      if (left.isZero()) {
        break;
      }
      if (grant.unheld().isPositive() && pays(grant, unit, dimensions, at)) {
        Credits part = left.min(grant.unheld());
        allocations.add(new Allocation(grant.id(), part));
        left = left.minus(part);
      }
    }
    return new BurnDown(allocations.list(), left);
  }

  /** Whether a grant may pay for usage of that unit and those dimensions at that instant. */
  public static boolean pays(Grant grant, Unit unit, Dimensions dimensions, Instant at) {
    return grant.terms().unit().equals(unit)
        && grant.burnsAt(at)
        && grant.terms().scope().covers(dimensions);
  }
}
