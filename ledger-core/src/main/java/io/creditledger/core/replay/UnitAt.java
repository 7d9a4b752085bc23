package io.creditledger.core.replay;

import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;

/** A balance in one unit as business time has it at an instant, see {@link AsOf}. */
public record UnitAt(Unit unit, Credits settled, Credits held, Credits overage, Credits overdraft) {

  /** What could be used: settled − held. */
  public Credits available() {
    return settled.minus(held);
  }
}
