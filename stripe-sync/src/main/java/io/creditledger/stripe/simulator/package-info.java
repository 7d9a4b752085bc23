/**
 * A stateful fake of Stripe's billing over HTTP, with scripted faults: a product of its own, which
 * the tests, the demo and {@code ./ledger up} use in Stripe's place. {@link
 * io.creditledger.stripe.simulator.StripeSimulator} is the way in; SIMULATOR.md of this module says
 * what is simulated and what is not. Nothing else in this module may be needed to run it.
 */
package io.creditledger.stripe.simulator;
