/**
 * A whole ledger in one process: embedded or real servers, the service on top of them, one data
 * directory. Commands and end-to-end tests start it; it knows nothing of them.
 */
package io.creditledger.cli.stack;
