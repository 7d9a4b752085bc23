package io.creditledger.core.grant;

import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;

/**
 * One movement of one grant's credits, as an entry records it. A posting that consumes for a usage
 * is an allocation: the part of the usage that this grant paid (rule 8).
 *
 * @param amount how much moved; positive
 * @param remaining what the grant has left and unheld after it
 */
public record Posting(GrantId grant, Move move, Credits amount, Credits remaining) {

  public Posting {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("a posting's amount is not positive: " + amount);
    }
  }
}
