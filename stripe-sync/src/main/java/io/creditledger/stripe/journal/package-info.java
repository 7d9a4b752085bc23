/** Reads the ledger's topics for those who keep rows of what they say. */
package io.creditledger.stripe.journal;
