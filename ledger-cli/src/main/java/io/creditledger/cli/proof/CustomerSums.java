package io.creditledger.cli.proof;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.util.Map;

/**
 * What the journal adds up to for one customer.
 *
 * @param sequence entries so far
 * @param grants in the order in which they were made
 * @param beyond what was used beyond grants
 * @param used all usage, net of reversals
 */
public record CustomerSums(
    CustomerId customer,
    long sequence,
    Map<GrantId, GrantSums> grants,
    Map<Unit, Beyond> beyond,
    Credits used) {

  /** Sums beyond grants in one unit, net of reversals and repayments. */
  public record Beyond(Credits overage, Credits overdraft, Credits forgiven) {
    /** Nothing. */
    public static final Beyond NONE = new Beyond(Credits.ZERO, Credits.ZERO, Credits.ZERO);
  }
}
