/**
 * The topics by name, clients that read and write them as the ledger promises, and the way their
 * records reach PostgreSQL: rows and offset in one transaction, so exactly once. Both services
 * build on it; it knows neither.
 */
package io.creditledger.relay;
