/**
 * What is scripted to go wrong between the simulator and its caller. Knows requests only by name.
 */
package io.creditledger.stripe.simulator.fault;
