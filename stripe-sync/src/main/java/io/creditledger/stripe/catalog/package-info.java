/** The ledger's catalog, as its topic tells it. */
package io.creditledger.stripe.catalog;
