/**
 * Meter events that are to reach Stripe, each a row with a state, and the loops that bring them
 * there: nothing is lost, nothing counts twice, and what Stripe refuses is kept with its reason.
 */
package io.creditledger.stripe.outbox;
