package io.creditledger.core.replay;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Accounts;
import io.creditledger.core.account.Applied;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Memory;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.EntryJson;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The accounts of many customers as a replay rebuilds them. A replay that judges for itself reads
 * them through {@link Accounts}, has {@link Ledger#decide} decide, and records what that led to;
 * one that trusts the journal folds its entries. Not for use by several threads.
 */
public final class Books implements Accounts {

  private final Map<CustomerId, Account> accounts = new HashMap<>();
  private final Memories memories;

  /** Empty books that remember in {@code memories}. */
  public Books(Memories memories) {
    this.memories = memories;
  }

  @Override
  public Account account(CustomerId customer) {
    Account known = accounts.get(customer);
    return known == null ? Account.empty(customer) : known;
  }

  @Override
  public Memory memory(CustomerId customer) {
    return memories.of(customer);
  }

  /**
   * Records what a decision of these books led to.
   *
   * @param next the account after it, chained to the entry's bytes
   */
  public void record(Account next, Applied applied) {
    accounts.put(next.customer(), next);
    memories.keep(next.customer(), applied);
  }

  /**
   * Applies a journal entry as it is recorded, without its input and without judging it anew.
   *
   * @param json the entry's bytes as they stand in the journal
   * @return the entry
   * @throws IllegalStateException if the bytes are no entry, or one that cannot follow the account:
   *     it leaves a gap, does not carry the hash of the entry before, or moves credits that are not
   *     there; the message says which
   */
  public LedgerEntry fold(byte[] json) {
    LedgerEntry entry = EntryJson.read(json);
    CustomerId customer = entry.header().customer();
    Account account = account(customer);
    if (!entry.header().previous().equals(account.head())) {
      throw new IllegalStateException(
          "entry "
              + entry.header().sequence()
              + " of "
              + customer
              + " names another entry before it than "
              + account.sequence());
    }
    Applied applied = Ledger.apply(account, memory(customer), entry);
    record(applied.account().chained(Hash.of(json)), applied);
    return entry;
  }

  /** All accounts that have an entry, in no particular order; a view. */
  public Collection<Account> accounts() {
    return Collections.unmodifiableCollection(accounts.values());
  }
}
