/**
 * The one place where clients of Stripe are made and called: base addresses, time-outs, the rate,
 * and what an answer means for a retry. stripe-java's own retries are off, since the outbox knows
 * better what may be sent again.
 */
package io.creditledger.stripe.client;
