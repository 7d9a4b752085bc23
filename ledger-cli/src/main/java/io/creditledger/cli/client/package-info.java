/**
 * Talking to a ledger over REST, as any client would: it knows the API and nothing of the service's
 * classes.
 */
package io.creditledger.cli.client;
