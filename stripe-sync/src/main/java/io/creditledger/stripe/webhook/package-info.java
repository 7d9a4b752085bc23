/**
 * Stripe's events on their way in: an endpoint that checks who sent them and keeps them, a reader
 * that finds those that were never sent, and a loop that has each one dealt with once. What an
 * event means is its {@link io.creditledger.stripe.webhook.EventHandler}'s business.
 */
package io.creditledger.stripe.webhook;
