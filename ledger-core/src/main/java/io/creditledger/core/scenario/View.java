package io.creditledger.core.scenario;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.LedgerEntry;
import java.util.List;

/**
 * All that can be seen of one customer at an instant.
 *
 * @param entries the customer's journal so far, in order of sequence
 */
public record View(Account account, List<LedgerEntry> entries) {

  public View {
    entries = List.copyOf(entries);
  }
}
