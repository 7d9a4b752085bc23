/** Money taken and given back: payment intents, charges, refunds, disputes. Knows no invoice. */
package io.creditledger.stripe.simulator.payment;
