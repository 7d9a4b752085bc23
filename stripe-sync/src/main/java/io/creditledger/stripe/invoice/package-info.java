/**
 * Credits that pay for usage which Stripe prices: what a draft invoice asks of the ledger, and what
 * the ledger's answer becomes on that draft.
 */
package io.creditledger.stripe.invoice;
