package io.creditledger.core.replay;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.EntryJson;
import java.time.Instant;

/**
 * A customer's account as the log knew it at an instant: after the last entry before the first one
 * whose input was recorded later. Shown the customer's entries from the first on, in the journal's
 * order; not for use by several threads.
 */
public final class KnownAt {

  private final CustomerId customer;
  private final Instant at;
  private final Books books = new Books(new HeapMemories());
  private boolean past;

  /** Nothing is known yet. */
  public KnownAt(CustomerId customer, Instant at) {
    this.customer = customer;
    this.at = at;
  }

  /**
   * The next entry, as it stands in the journal.
   *
   * @return whether it was known then; if not, none after it was
   * @throws IllegalStateException if it cannot follow the one before
   */
  public boolean add(byte[] json) {
    LedgerEntry entry = EntryJson.read(json);
    past = past || entry.header().recordedAt().isAfter(at);
    if (!past) {
      books.fold(json);
    }
    return !past;
  }

  /** The account after all that was known. */
  public Account account() {
    return books.account(customer);
  }
}
