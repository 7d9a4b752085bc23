package io.creditledger.stripe.reconcile;

import java.time.Duration;

/**
 * A line of the report: two books that differ, and why.
 *
 * @param meter Stripe's event name; for a grant, its id
 * @param window the interval over which was added up; {@code -} for a grant
 * @param journal what the ledger says; the others likewise, {@code -} where there is nothing to say
 * @param difference by how much Stripe has more; negative: less
 * @param age since when it has been so, at most
 * @param detail in words; empty if there is nothing to add to the cause
 */
record Difference(
    Kind kind,
    String customer,
    String meter,
    String window,
    String journal,
    String outbox,
    String stripe,
    String difference,
    Duration age,
    Cause cause,
    String detail) {

  /** What is compared. */
  enum Kind {
    /** Usage of a customer and meter in an interval. */
    USAGE,
    /** A grant and its mirror. */
    GRANT
  }
}
