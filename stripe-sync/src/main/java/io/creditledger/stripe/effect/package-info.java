/**
 * The outbox of everything but meter events: rows that say what is to be looked at, and the loop
 * that has it done, once, whatever fails in between. What an effect does is its kind's business.
 */
package io.creditledger.stripe.effect;
