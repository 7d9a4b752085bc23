package io.creditledger.streams.projection;

/**
 * One entry as it stands in the journal.
 *
 * @param sequence the customer's sequence number
 * @param offset in its partition of the topic
 * @param body the journal's bytes, a JSON object
 */
public record JournalLine(long sequence, long offset, String body) {}
