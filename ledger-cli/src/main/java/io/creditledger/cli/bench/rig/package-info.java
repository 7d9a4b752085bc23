/**
 * What is measured, made ready: a broker in a process of its own, topics filled with usage, ledgers
 * and the pass-through topology on them, and how it is known that all of it is decided and
 * committed.
 */
package io.creditledger.cli.bench.rig;
