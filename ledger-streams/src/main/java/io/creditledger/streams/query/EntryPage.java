package io.creditledger.streams.query;

import java.util.List;

/**
 * Some journal entries of one customer: newest first back from an entry, or oldest first on from
 * one.
 *
 * @param entries the journal's bytes, JSON objects, with the sequence number of each
 * @param complete back: whether the page reaches the customer's first entry; on: whether nothing is
 *     missing between the entry it goes on from and its first. If not, what is not there is beyond
 *     the recent past this instance keeps
 */
public record EntryPage(List<Item> entries, boolean complete) {
  /** One entry as it stands in the journal. */
  public record Item(long sequence, String json) {}
}
