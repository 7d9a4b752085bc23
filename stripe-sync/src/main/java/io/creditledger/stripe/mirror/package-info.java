/**
 * The ledger's grants shown in Stripe as billing credit grants: the journal's grants in a table, a
 * pure plan of what Stripe is to be told next of each, and the effect that tells it.
 */
package io.creditledger.stripe.mirror;
