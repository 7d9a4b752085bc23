/** Which of Stripe's prices charge which meter's usage, asked of Stripe. */
package io.creditledger.stripe.price;
