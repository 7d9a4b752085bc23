package io.creditledger.streams.projection;

/**
 * One entry as it stands in the journal.
 *
 * @param sequence the customer's sequence number
 * @param body the journal's bytes, a JSON object
 */
public record JournalLine(long sequence, String body) {}
