/**
 * What Stripe's events mean to the ledger. The shapes are read by any version of Stripe's API that
 * is known; what a payment grants is decided by pure functions of the payment, the catalog and the
 * operator's rules.
 */
package io.creditledger.stripe.mapping;
