package io.creditledger.stripe.topup;

import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request to buy credits, and how far that has come.
 *
 * @param request the ledger's id of it, unique within the customer
 * @param invoice Stripe's, once it is made
 * @param item the invoice's one item, once it is made
 * @param reason why it failed; empty as long as it has not
 * @param answer whether the ledger still waits
 */
record TopUp(
    CustomerId customer,
    EventId request,
    Unit unit,
    Credits credits,
    Instant requestedAt,
    State state,
    Optional<String> invoice,
    Optional<String> item,
    String reason,
    Answer answer) {

  /** How far it has come. */
  enum State {
    /** The invoice is to be made and paid. */
    OPEN,
    /** The payment was begun and takes its time. */
    PROCESSING,
    /** It cannot be paid: the invoice is to be taken back, and the ledger to be told. */
    FAILING,
    /** It was paid. */
    PAID,
    /** It was not paid and cannot be any more. */
    FAILED
  }

  /** Whether the ledger still waits for it. */
  enum Answer {
    /** It does. */
    AWAITED,
    /** It was granted or ended by somebody else. */
    GIVEN
  }

  /** The same with its invoice. */
  TopUp on(String madeInvoice) {
    return new TopUp(
        customer,
        request,
        unit,
        credits,
        requestedAt,
        state,
        Optional.of(madeInvoice),
        item,
        reason,
        answer);
  }

  /** The same with its invoice's item. */
  TopUp with(String madeItem) {
    return new TopUp(
        customer,
        request,
        unit,
        credits,
        requestedAt,
        state,
        invoice,
        Optional.of(madeItem),
        reason,
        answer);
  }

  /** The same in another state. */
  TopUp in(State other, String why) {
    return new TopUp(
        customer, request, unit, credits, requestedAt, other, invoice, item, why, answer);
  }

  /** What tells the ledger that it failed: the same each time. */
  LedgerEvent failure() {
    return new LedgerEvent.EndTopUp(
        new EventId("stripe:" + request + ":failed"),
        customer,
        request,
        TopUpOutcome.FAILED,
        Optional.empty(),
        new Note(Optional.of(reason), Optional.of("stripe-sync"), Map.of()));
  }
}
