package io.creditledger.stripe.reconcile;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A part of a difference.
 *
 * @param amount by which Stripe has more, or less than zero: less
 * @param since when it began, as far as is known
 * @param detail in words; empty if there is nothing to add to the cause
 */
record Share(BigDecimal amount, Cause cause, Instant since, String detail) {

  /** The same and more of it. */
  Share plus(Share other) {
    return new Share(
        amount.add(other.amount), cause, since.isBefore(other.since) ? since : other.since, detail);
  }
}
