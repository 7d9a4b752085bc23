/**
 * How a request becomes parameters that are known to be valid, and how a refusal becomes Stripe's
 * error body. Knows no resource. Every other package of the simulator may call it.
 */
package io.creditledger.stripe.simulator.http;
