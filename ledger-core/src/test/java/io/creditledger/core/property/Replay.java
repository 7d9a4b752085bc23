package io.creditledger.core.property;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Applied;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import java.util.List;
import java.util.Optional;

/** Entries applied again, without events and without a catalog. */
final class Replay {

  private Replay() {}

  /** How an account rebuilt from entries differs from the one that lived through them. */
  static Optional<String> difference(
      String from, Account start, MapMemory memory, List<LedgerEntry> entries, Account live) {
    Account account = start;
    for (LedgerEntry entry : entries) {
      if (!entry.header().previous().equals(account.head())) {
        return Optional.of("replay " + from + ": the chain is broken at " + entry.header());
      }
      Applied applied;
      try {
        applied = Ledger.apply(account, memory, entry);
      } catch (RuntimeException e) {
        return Optional.of("replay " + from + " stops at " + entry.header() + ": " + e);
      }
      memory.remember(applied);
      account = applied.account().chained(Hash.of(HistoryRun.bytes(entry)));
    }
    return account.equals(live)
        ? Optional.empty()
        : Optional.of("replay " + from + " gives " + account + ", live is " + live);
  }
}
