/**
 * Makes in Stripe what the rules and the catalog speak of: meters, products and prices. Done again
 * it makes nothing twice.
 */
package io.creditledger.stripe.setup;
