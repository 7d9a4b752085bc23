package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.AccountCodec;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The accounts of a task. A changed account stays as it is until the commit; then it is written to
 * the store and its changelog, and told, once, however often it changed.
 */
final class AccountStore extends CommitStore {

  /**
   * An account that was changed since the last commit.
   *
   * @param recordedAtMillis the time of the input that changed it last
   */
  record Changed(Account account, long recordedAtMillis) {
    private byte[] bytes() {
      return AccountCodec.write(account);
    }
  }

  /** More than so many do not wait for the commit: some 100 MB of accounts with three grants. */
  private static final int CHANGED_MAX = 50_000;

  private final Map<Bytes, Changed> changed = new ConcurrentHashMap<>();
  private final HotAccounts hot = new HotAccounts();
  private Consumer<Changed> listener = account -> {};

  /**
   * Accounts before a store of accounts in bytes.
   *
   * @param logged writes to its changelog at once
   */
  AccountStore(KeyValueStore<Bytes, byte[]> logged) {
    super(logged);
  }

  /** Names the one who is told of each changed account when it is written. */
  void tell(Consumer<Changed> newListener) {
    listener = newListener;
  }

  /** The customer's account; an empty one where there is none. For the task's thread. */
  Account account(CustomerId customer) {
    return hot.of(customer).orElseGet(() -> stored(customer));
  }

  private Account stored(CustomerId customer) {
    byte[] bytes = get(Bytes.wrap(StoreKeys.customer(customer)));
    if (bytes == null) {
      return Account.empty(customer);
    }
    Account account = AccountCodec.read(customer, bytes);
    hot.keep(account);
    return account;
  }

  /**
   * Keeps an account in the place of the one before. For the task's thread.
   *
   * @param key the customer's
   * @param recordedAtMillis the time of the input that led to it
   */
  void keep(Bytes key, Account account, long recordedAtMillis) {
    hot.keep(account);
    changed.put(key, new Changed(account, recordedAtMillis));
    changed(recordedAtMillis);
    if (changed.size() >= CHANGED_MAX) {
      write();
    }
  }

  /** An account leaves memory only once the store has it, so that readers always find it. */
  @Override
  void write() {
    changed.forEach(
        (key, account) -> {
          logged().put(key, account.bytes());
          listener.accept(account);
          changed.remove(key);
        });
  }

  @Override
  void forget() {
    changed.clear();
  }

  @Override
  public byte[] get(Bytes key) {
    Changed account = changed.get(key);
    return account == null ? logged().get(key) : account.bytes();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    NavigableMap<Bytes, byte[]> newer = new TreeMap<>();
    changed.forEach(
        (key, account) -> {
          if ((from == null || key.compareTo(from) >= 0)
              && (to == null || key.compareTo(to) <= 0)) {
            newer.put(key, account.bytes());
          }
        });
    return new OverlaidIterator(newer, logged().range(from, to));
  }
}
