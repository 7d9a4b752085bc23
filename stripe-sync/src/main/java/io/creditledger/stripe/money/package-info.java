/** Money as Stripe counts it: whole numbers of a currency's smallest unit. Pure. */
package io.creditledger.stripe.money;
