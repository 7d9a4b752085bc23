/** The billing periods of Stripe's subscriptions, as far as Stripe has told of them. */
package io.creditledger.stripe.period;
