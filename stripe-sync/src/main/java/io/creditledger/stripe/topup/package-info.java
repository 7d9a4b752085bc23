/**
 * Credits that the ledger asks to be bought: an invoice is made and paid, and what cannot be paid
 * is told to the ledger. What is paid grants when Stripe tells of the invoice.
 */
package io.creditledger.stripe.topup;
