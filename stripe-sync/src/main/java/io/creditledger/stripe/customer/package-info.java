/** Which customer of the ledger is which customer of Stripe. */
package io.creditledger.stripe.customer;
