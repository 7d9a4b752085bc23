/**
 * What happened in the account, told: events as Stripe records them, and their delivery to webhook
 * endpoints, on time and in order unless a plan says otherwise.
 */
package io.creditledger.stripe.simulator.event;
