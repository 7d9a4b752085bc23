package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.AccountCodec;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * The accounts of a task. A changed account stays as it is until Kafka Streams prepares the commit;
 * then it is written to the store and its changelog, and told, once, however often it changed. It
 * is part of the same transaction as the entries that changed it.
 *
 * <p>The task's thread reads and changes accounts, any thread reads their bytes, with what is not
 * committed yet. Kafka Streams asks whoever is a {@link CachedStateStore} before each commit.
 */
final class AccountStore
    implements StateStore, ReadOnlyKeyValueStore<Bytes, byte[]>, CachedStateStore<Bytes, byte[]> {

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

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<Bytes, Changed> changed = new ConcurrentHashMap<>();
  private final HotAccounts hot = new HotAccounts();
  private int changedCount;
  private long lastRecordedAtMillis;
  private Optional<CommitScope> scope = Optional.empty();
  private Consumer<Changed> listener = account -> {};

  /**
   * Accounts before another store.
   *
   * @param store of accounts in bytes, that writes to its changelog at once
   */
  AccountStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Names the processor that changes accounts, and who is told of each before it is committed. */
  void usedBy(CommitScope processor, Consumer<Changed> told) {
    scope = Optional.of(processor);
    listener = told;
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
    if (changed.put(key, new Changed(account, recordedAtMillis)) == null) {
      changedCount++;
    }
    lastRecordedAtMillis = recordedAtMillis;
    hot.keep(account);
    if (changedCount >= CHANGED_MAX) {
      writeChanged();
    }
  }

  /** Called by the task's thread while it prepares a commit. */
  @Override
  public void flushCache() {
    if (changedCount > 0) {
      scope.orElseThrow().run(lastRecordedAtMillis, this::writeChanged);
    }
  }

  /** An account leaves memory only once the store has it, so that readers always find it. */
  private void writeChanged() {
    changed.forEach(
        (key, account) -> {
          store.put(key, account.bytes());
          listener.accept(account);
          changed.remove(key);
        });
    changedCount = 0;
  }

  @Override
  public void clearCache() {
    changed.clear();
    changedCount = 0;
  }

  /** Nobody listens to this store as to a table. */
  @Override
  public boolean setFlushListener(
      CacheFlushListener<Bytes, byte[]> ignored, boolean sendOldValues) {
    return false;
  }

  @Override
  public byte[] get(Bytes key) {
    Changed account = changed.get(key);
    return account == null ? store.get(key) : account.bytes();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    NavigableMap<Bytes, byte[]> over = new TreeMap<>();
    changed.forEach((key, account) -> over.put(key, account.bytes()));
    NavigableMap<Bytes, byte[]> inRange =
        from == null ? over : over.tailMap(from, /* inclusive= */ true);
    inRange = to == null ? inRange : inRange.headMap(to, /* inclusive= */ true);
    return new OverlaidIterator(inRange, store.range(from, to));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return range(null, null);
  }

  /** Without those that were changed first since the last commit. */
  @Override
  public long approximateNumEntries() {
    return store.approximateNumEntries();
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    store.init(context, root);
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    store.commit(changelogOffsets);
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public Long committedOffset(TopicPartition partition) {
    return store.committedOffset(partition);
  }

  /** Kafka Streams still asks, to know who keeps the offsets. */
  @Override
  @SuppressWarnings("deprecation")
  public boolean managesOffsets() {
    return store.managesOffsets();
  }

  @Override
  public boolean persistent() {
    return store.persistent();
  }

  @Override
  public boolean isOpen() {
    return store.isOpen();
  }

  @Override
  public Position getPosition() {
    return store.getPosition();
  }
}
