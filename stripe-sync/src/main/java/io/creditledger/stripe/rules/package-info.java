/**
 * What the operator decides about Stripe: which usage is sent as what, which payment grants which
 * credits. Pure; read once at start from one YAML file.
 */
package io.creditledger.stripe.rules;
