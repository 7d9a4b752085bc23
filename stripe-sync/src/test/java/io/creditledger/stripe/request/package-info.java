/**
 * Watches the requests that stripe-sync makes of Stripe, and holds them against the description of
 * Stripe's API.
 */
package io.creditledger.stripe.request;
