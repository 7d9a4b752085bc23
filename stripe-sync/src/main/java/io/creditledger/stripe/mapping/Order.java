package io.creditledger.stripe.mapping;

import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.stripe.payment.PaidGrant;
import java.util.Optional;

/** A grant that a purchase asks of the ledger, and what is to be remembered of it here. */
record Order(LedgerEvent.IssueGrant event, PaidGrant grant, Optional<CarriedOver> carriedOver) {

  /**
   * What goes over into it from the plan's grant of the period before.
   *
   * @param event the grant that carries it, but for its amount
   */
  record CarriedOver(Rollover rule, LedgerEvent.IssueGrant event) {}
}
