/**
 * Whether the journal, the outbox and Stripe agree: per customer, meter and time, and per grant.
 * What is compared is read by shells; why it differs is a pure matter. Nothing is changed unless a
 * repair is asked for.
 */
package io.creditledger.stripe.reconcile;
