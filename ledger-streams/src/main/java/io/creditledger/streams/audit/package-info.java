/**
 * The ledger read again from its topics: up to a fence of offsets, each outcome in the journal's
 * order and joined with its input, and what an audit proves of them. It reads the topics and
 * changes nothing; it knows the service only by what the topology package makes public.
 */
package io.creditledger.streams.audit;
