/** Usage on its way to Stripe: what is sent, in which windows, and when. */
package io.creditledger.stripe.usage;
