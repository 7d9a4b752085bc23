/**
 * The ledger lived through again beside the live one: its inputs in the journal's order through a
 * shadow topology, into topics and stores of its own, and what came out compared with live; or by
 * other rules in memory, to see what would differ. It reads the ledger's topics and writes only
 * under a replay's own prefix; retrying a rejected input is the one thing that writes to the
 * ledger.
 */
package io.creditledger.streams.replay;
