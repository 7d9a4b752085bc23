package io.creditledger.streams.replay;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.replay.Standing;

/**
 * A customer in one unit, as it was and as it would have been.
 *
 * @param refused usage events that were refused
 * @param refusedThen usage events that would have been; both count all units together
 */
public record CustomerDifference(
    CustomerId customer, Unit unit, Standing was, Standing then, long refused, long refusedThen) {

  /** Whether anything would have been otherwise. */
  public boolean differs() {
    return !was.equals(then) || refused != refusedThen;
  }
}
