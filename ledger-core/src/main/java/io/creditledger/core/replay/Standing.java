package io.creditledger.core.replay;

import io.creditledger.core.money.Credits;

/**
 * Where a customer stands in one unit after a history.
 *
 * @param consumed what grants paid, net of reversals
 * @param overage billed beyond all grants, net of reversals
 * @param overdraft owed beyond all grants, and not repaid
 * @param forgiven used beyond all grants and dropped, net of reversals
 * @param available what could be used at the end
 */
public record Standing(
    Credits consumed, Credits overage, Credits overdraft, Credits forgiven, Credits available) {

  /** Nothing was ever used or granted. */
  public static final Standing NOTHING =
      new Standing(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO);

  /** Both together. */
  public Standing plus(Standing other) {
    return new Standing(
        consumed.plus(other.consumed),
        overage.plus(other.overage),
        overdraft.plus(other.overdraft),
        forgiven.plus(other.forgiven),
        available.plus(other.available));
  }
}
