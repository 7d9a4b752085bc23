/**
 * Usage on its way out: entries of the journal become lines and windows in one transaction, and
 * windows become meter events of the outbox. {@link io.creditledger.stripe.usage.MeterAggregator},
 * {@link io.creditledger.stripe.usage.MeterWindow} and {@link
 * io.creditledger.stripe.usage.RevisionPlan} decide and are pure; the rest reads and writes rows.
 */
package io.creditledger.stripe.usage;
