package io.creditledger.cli.proof;

import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;

/**
 * Where the credits of one grant are, as the journal's postings add up: granted = unheld + held +
 * consumed + expired + voided.
 */
public record GrantSums(
    GrantId id,
    Unit unit,
    Credits granted,
    Credits unheld,
    Credits held,
    Credits consumed,
    Credits expired,
    Credits voided) {

  /** Not gone: unheld and held together. */
  public Credits remaining() {
    return unheld.plus(held);
  }

  /** Whether the parts sum to what was granted and none is negative. */
  public boolean conserved() {
    Credits parts = unheld.plus(held).plus(consumed).plus(expired).plus(voided);
    boolean negative =
        unheld.isNegative()
            || held.isNegative()
            || consumed.isNegative()
            || expired.isNegative()
            || voided.isNegative();
    return parts.equals(granted) && !negative;
  }
}
