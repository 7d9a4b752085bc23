/**
 * Which payment paid for which grant, and what follows for the grant when the money goes back or
 * the subscription ends.
 */
package io.creditledger.stripe.payment;
