/**
 * The ledger as a running service: topology, state stores, REST. Only the wiring at this level sees
 * every package below it; nothing in {@code io.creditledger.core} may know this exists.
 */
package io.creditledger.streams;
