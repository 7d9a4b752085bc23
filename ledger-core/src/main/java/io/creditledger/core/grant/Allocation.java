package io.creditledger.core.grant;

import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;

/** The part of one usage or reservation that one grant pays, in the order drawn. */
public record Allocation(GrantId grant, Credits amount) {

  public Allocation {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("an allocation's amount is not positive: " + amount);
    }
  }
}
