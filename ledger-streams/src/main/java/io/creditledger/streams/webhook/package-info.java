/**
 * Alerts told to operators' own servers: a relay turns each alert into a row for each endpoint that
 * wants it, and senders post the rows, signed as Standard Webhooks has it, until they are taken.
 * The ledger decides without any of it; the REST service reads it through {@link
 * io.creditledger.streams.webhook.WebhookAccess}.
 */
package io.creditledger.streams.webhook;
