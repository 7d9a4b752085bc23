/**
 * The Kafka Streams application: topics, stores, and the one processor that loads an account, has
 * the core decide, stores what follows and forwards the outcome. Called by {@code LedgerService}.
 */
package io.creditledger.streams.topology;
