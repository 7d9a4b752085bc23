/**
 * Customers, what they subscribe to, and what they are invoiced: the account's billing, moved along
 * by its clocks.
 */
package io.creditledger.stripe.simulator.billing;
