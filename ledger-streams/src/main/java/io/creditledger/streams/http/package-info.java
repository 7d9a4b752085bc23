/**
 * The REST service: one class per resource, a table of routes, and problem documents for everything
 * that goes wrong. It reads and writes through {@code query.LedgerAccess} alone and computes no
 * balance; {@link io.creditledger.streams.http.HttpApi} is the only class made outside of it.
 */
package io.creditledger.streams.http;
