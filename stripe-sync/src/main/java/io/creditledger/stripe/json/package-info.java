/** Stripe's JSON, read without believing that a field is there. Pure. */
package io.creditledger.stripe.json;
