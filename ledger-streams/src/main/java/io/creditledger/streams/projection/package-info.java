/**
 * The journal in PostgreSQL: the projector that carries it there, and what is asked of it. It knows
 * the ledger only by the journal's topic.
 */
package io.creditledger.streams.projection;
