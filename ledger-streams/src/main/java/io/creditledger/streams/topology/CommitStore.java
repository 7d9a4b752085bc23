package io.creditledger.streams.topology;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
 * A store of a task that writes to its changelog before each commit, and not with each change: what
 * changed in between is part of the same transaction as the entries that changed it. The task's
 * thread changes it, any thread reads it, with what is not committed yet.
 *
 * <p>Kafka Streams asks whoever is a {@link CachedStateStore} before each commit.
 */
abstract class CommitStore
    implements StateStore, ReadOnlyKeyValueStore<Bytes, byte[]>, CachedStateStore<Bytes, byte[]> {

  private final KeyValueStore<Bytes, byte[]> logged;
  private Optional<CommitScope> scope = Optional.empty();
  private long changedAtMillis;

  /**
   * A store before another.
   *
   * @param logged writes to its changelog at once
   */
  CommitStore(KeyValueStore<Bytes, byte[]> logged) {
    this.logged = logged;
  }

  /** The store whose changes go to the changelog. */
  final KeyValueStore<Bytes, byte[]> logged() {
    return logged;
  }

  /** Names the processor that changes it from now on. */
  void usedBy(CommitScope processor) {
    scope = Optional.of(processor);
  }

  /**
   * Notes a change, which is to be written before the commit.
   *
   * @param atMillis the time of what changed it
   */
  final void changed(long atMillis) {
    changedAtMillis = atMillis;
  }

  /** Writes to {@link #logged()} what changed since it was called last, if anything did. */
  abstract void write();

  /**
   * Called when the store is open, also where it was open once and begins anew.
   *
   * @param directory the task's
   */
  void opened(Path directory) {}

  /**
   * Writes what waits in memory to the disk: called before a commit to it, and before it closes.
   */
  void settle() {}

  /** Called when the store closes, whether it was open or not. */
  void closing() {}

  /** Forgets what was not written. */
  abstract void forget();

  /** Called by the task's thread while it prepares a commit. */
  @Override
  public final void flushCache() {
    scope.orElseThrow().run(changedAtMillis, this::write);
  }

  @Override
  public final void clearCache() {
    forget();
  }

  /** Nobody listens to this store as to a table. */
  @Override
  public final boolean setFlushListener(
      CacheFlushListener<Bytes, byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public final KeyValueIterator<Bytes, byte[]> all() {
    return range(null, null);
  }

  /** As far as it was written. */
  @Override
  public final long approximateNumEntries() {
    return logged.approximateNumEntries();
  }

  @Override
  public final String name() {
    return logged.name();
  }

  @Override
  public final void init(StateStoreContext context, StateStore root) {
    logged.init(context, root);
    opened(context.stateDir().toPath());
  }

  @Override
  public final void commit(Map<TopicPartition, Long> changelogOffsets) {
    settle();
    logged.commit(changelogOffsets);
  }

  @Override
  public final void close() {
    try {
      if (isOpen()) {
        settle();
      }
    } finally {
      closing();
      logged.close();
    }
  }

  @Override
  public final Long committedOffset(TopicPartition partition) {
    return logged.committedOffset(partition);
  }

  /** Kafka Streams still asks, to know who keeps the offsets. */
  @Override
  @SuppressWarnings("deprecation")
  public final boolean managesOffsets() {
    return logged.managesOffsets();
  }

  @Override
  public final boolean persistent() {
    return logged.persistent();
  }

  @Override
  public final boolean isOpen() {
    return logged.isOpen();
  }

  @Override
  public final Position getPosition() {
    return logged.getPosition();
  }
}
