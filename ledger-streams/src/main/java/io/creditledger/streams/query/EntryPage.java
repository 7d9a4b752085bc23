package io.creditledger.streams.query;

import java.util.List;

/**
 * Some journal entries of one customer, newest first.
 *
 * @param entries the journal's bytes, JSON objects, with the sequence number of each
 * @param complete whether the page reaches back to the customer's first entry; if not, and the page
 *     is shorter than asked for, older entries are beyond the recent past this instance keeps
 */
public record EntryPage(List<Item> entries, boolean complete) {
  /** One entry as it stands in the journal. */
  public record Item(long sequence, String json) {}
}
