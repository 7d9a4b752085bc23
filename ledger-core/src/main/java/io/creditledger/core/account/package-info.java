/**
 * A customer's account and the two functions that are the ledger: {@code decide}, which may refuse
 * and changes nothing, and {@code apply}, which changes and may not refuse. Pure: no clock, no I/O,
 * no randomness. Whoever decides anything calls these two: the topology, the audit, the preview,
 * the scenarios, the benchmarks.
 */
package io.creditledger.core.account;
