package io.creditledger.core.entry;

import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;

/**
 * A customer's balance in one unit at an instant.
 *
 * @param settled granted, living and not gone, and all that is held
 * @param held reserved
 * @param overage billed beyond all grants, since the beginning
 * @param overdraft owed beyond all grants, still to be repaid
 * @param level how it stands, as alerts see it
 */
public record UnitBalance(
    Unit unit,
    Credits settled,
    Credits held,
    Credits overage,
    Credits overdraft,
    AlertLevel level) {

  /** The same at another level. */
  public UnitBalance at(AlertLevel other) {
    return other == level ? this : new UnitBalance(unit, settled, held, overage, overdraft, other);
  }

  /** What can be used: settled − held. */
  public Credits available() {
    return settled.minus(held);
  }
}
