/** Writes what Stripe's events mean into the ledger's input topics. */
package io.creditledger.stripe.publish;
