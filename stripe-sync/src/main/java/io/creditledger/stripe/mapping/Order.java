package io.creditledger.stripe.mapping;

import io.creditledger.core.event.LedgerEvent;
import io.creditledger.stripe.payment.PaidGrant;

/** A grant that a purchase asks of the ledger, and what is to be remembered of it here. */
record Order(LedgerEvent.IssueGrant event, PaidGrant grant) {}
