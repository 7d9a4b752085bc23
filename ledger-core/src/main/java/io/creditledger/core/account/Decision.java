package io.creditledger.core.account;

import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.EventId;

/** What becomes of one input: exactly one of these three (rule 15). */
public sealed interface Decision {

  /**
   * It changes the account.
   *
   * @param applied what {@link Ledger#apply} makes of the entry
   */
  record Accepted(LedgerEntry entry, Applied applied) implements Decision {}

  /**
   * It was accepted before and changes nothing.
   *
   * @param of the sequence number of the entry it became then
   */
  record Duplicate(EventId id, long of) implements Decision {}

  /**
   * It is refused and changes nothing.
   *
   * @param detail what was wrong, as a sentence with the values concerned
   */
  record Rejected(Reason reason, String detail) implements Decision {}
}
