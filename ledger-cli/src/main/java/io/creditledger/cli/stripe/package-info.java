/** The commands below {@code ./ledger stripe}: an operator's way to stripe-sync. */
package io.creditledger.cli.stripe;
