/**
 * stripe-sync: usage to Stripe, Stripe's events into the log, nothing lost and nothing twice. It
 * meets the ledger only at topics and keeps its own state in PostgreSQL. Only this package knows
 * all the parts.
 */
package io.creditledger.stripe;
