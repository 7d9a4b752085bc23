package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.AccountCodec;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The accounts of a task. A changed account stays as it is until the commit; then it is written to
 * the store and its changelog, and told, once, however often it changed.
 */
final class AccountStore extends CommitStore {

  /** More than so many do not wait for the commit: some 100 MB of accounts with three grants. */
  private static final int CHANGED_MAX = 50_000;

  private final HotAccounts hot = new HotAccounts();
  private Consumer<HotAccounts.Changed> listener = account -> {};

  /**
   * Accounts before a store of accounts in bytes.
   *
   * @param logged writes to its changelog at once
   */
  AccountStore(KeyValueStore<Bytes, byte[]> logged) {
    super(logged);
  }

  /** Begins with what is written: what was changed and not written is nobody's any more. */
  @Override
  void usedBy(CommitScope processor) {
    super.usedBy(processor);
    hot.clear();
  }

  /** Names the one who is told of each changed account when it is written. */
  void tell(Consumer<HotAccounts.Changed> newListener) {
    listener = newListener;
  }

  /** The customer's account; an empty one where there is none. For the task's thread. */
  Account account(CustomerId customer) {
    return hot.of(customer).orElseGet(() -> stored(customer));
  }

  private Account stored(CustomerId customer) {
    byte[] bytes = logged().get(key(customer));
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
   * @param recordedAtMillis the time of the input that led to it
   */
  void keep(Account account, long recordedAtMillis) {
    hot.change(account, recordedAtMillis);
    changed(recordedAtMillis);
    if (hot.changedCount() >= CHANGED_MAX) {
      write();
    }
  }

  /** An account counts as written only once the store has it, so that readers always find it. */
  @Override
  void write() {
    hot.write(
        changed -> {
          Account account = changed.account();
          logged().put(key(account.customer()), AccountCodec.write(account));
          listener.accept(changed);
        });
  }

  @Override
  void forget() {
    hot.clear();
  }

  @Override
  public byte[] get(Bytes key) {
    return hot.changed(new CustomerId(new String(key.get(), StandardCharsets.UTF_8)))
        .map(AccountCodec::write)
        .orElseGet(() -> logged().get(key));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    NavigableMap<Bytes, byte[]> newer = new TreeMap<>();
    hot.changed()
        .forEach(
            account -> {
              Bytes key = key(account.customer());
              if ((from == null || key.compareTo(from) >= 0)
                  && (to == null || key.compareTo(to) <= 0)) {
                newer.put(key, AccountCodec.write(account));
              }
            });
    return new OverlaidIterator(newer, logged().range(from, to));
  }

  private static Bytes key(CustomerId customer) {
    return Bytes.wrap(StoreKeys.customer(customer));
  }
}
