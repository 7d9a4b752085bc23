package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.id.CustomerId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts a task used last, as they are, so that the next decision need not read and decode
 * them. A task that begins anew, after an abort or a move, begins with none.
 */
final class HotAccounts {

  /** What an account weighs beside its grants and reservations, each of which weighs one. */
  private static final int WEIGHT_OF_ONE = 8;

  /** About 20 MB: the accounts of some 9,000 customers with three grants. */
  private static final int WEIGHT_MAX = 100_000;

  private static final int CAPACITY_FIRST = 1_024;

  private final Map<CustomerId, Account> accounts =
      new LinkedHashMap<>(CAPACITY_FIRST, 0.75f, /* accessOrder= */ true);
  private final int weightMax;
  private int weight;

  HotAccounts() {
    this(WEIGHT_MAX);
  }

  /** With room for other than the usual. */
  HotAccounts(int weightMax) {
    this.weightMax = weightMax;
  }

  /** The customer's account, if it was used lately. */
  Optional<Account> of(CustomerId customer) {
    return Optional.ofNullable(accounts.get(customer));
  }

  /** Keeps the account in the place of an earlier one, and gives up those longest unused. */
  void keep(Account account) {
    Account before = accounts.put(account.customer(), account);
    weight += weightOf(account) - (before == null ? 0 : weightOf(before));
    Iterator<Account> longestUnused = accounts.values().iterator();
    while (weight > weightMax && longestUnused.hasNext()) {
      weight -= weightOf(longestUnused.next());
      longestUnused.remove();
    }
  }

  private static int weightOf(Account account) {
    return WEIGHT_OF_ONE + account.grants().size() + account.reservations().size();
  }
}
