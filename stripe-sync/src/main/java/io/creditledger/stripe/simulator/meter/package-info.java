/** Meters and what is measured with them: events in, sums out, errors told afterwards. */
package io.creditledger.stripe.simulator.meter;
