package io.creditledger.streams.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store on disk whose writes wait in memory, until they fill their room, somebody wants a range,
 * or Kafka Streams commits or closes the store. Then they go down in one batch, sorted by key.
 *
 * <p>What is durable is the changelog, and that is written above this, at once and in the
 * transaction of the input. Exactly-once throws the disk's contents away after a crash; they are
 * read again only after a clean close. So it is enough that they are whole by then, and a value
 * that is replaced a hundred times meanwhile is written once.
 *
 * <p>One thread writes, any thread reads: a value is found in memory until it is on disk.
 */
final class WriteBehindStore implements KeyValueStore<Bytes, byte[]> {

  /** Room for what waits, for each store of each task. */
  private static final long BYTES_MAX = 4L << 20;

  /** What an entry takes beside its key's and its value's bytes. */
  private static final int BYTES_PER_ENTRY = 128;

  /** Stands for no value; a real value has at least one byte. */
  private static final byte[] DELETED = new byte[0];

  private final KeyValueStore<Bytes, byte[]> disk;
  private final Map<Bytes, byte[]> waiting = new ConcurrentHashMap<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private Optional<StateRestoreCallback> restore = Optional.empty();

  WriteBehindStore(KeyValueStore<Bytes, byte[]> disk) {
    this.disk = disk;
  }

  /**
   * A supplier of this one store.
   *
   * @param disk names the store and its metrics
   */
  static KeyValueBytesStoreSupplier supplied(
      WriteBehindStore store, KeyValueBytesStoreSupplier disk) {
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return disk.name();
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return store;
      }

      @Override
      public String metricsScope() {
        return disk.metricsScope();
      }
    };
  }

  /** Names the one who restores it from the changelog, in place of the store on disk. */
  void restoredBy(StateRestoreCallback callback) {
    restore = Optional.of(callback);
  }

  @Override
  public void put(Bytes key, byte[] value) {
    if (value != null && value.length == 0) {
      throw new IllegalArgumentException("an empty value for key " + key);
    }
    byte[] kept = value == null ? DELETED : value;
    byte[] before = waiting.put(key, kept);
    long more =
        before == null
            ? key.get().length + kept.length + BYTES_PER_ENTRY
            : kept.length - before.length;
    if (waitingBytes.addAndGet(more) > BYTES_MAX) {
      writeDown();
    }
  }

  @Override
  public byte[] get(Bytes key) {
    byte[] value = waiting.get(key);
    if (value == null) {
      return disk.get(key);
    }
    return value.length == 0 ? null : value;
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] value) {
    byte[] known = get(key);
    if (known == null) {
      put(key, value);
    }
    return known;
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte[] delete(Bytes key) {
    byte[] known = get(key);
    put(key, null);
    return known;
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    return written().range(from, to);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
    return written().reverseRange(from, to);
  }

  @Override
  public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(
      P prefix, S serializer) {
    return written().prefixScan(prefix, serializer);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return written().all();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseAll() {
    return written().reverseAll();
  }

  @Override
  public long approximateNumEntries() {
    return written().approximateNumEntries();
  }

  @Override
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    return written().query(query, bound, config);
  }

  private KeyValueStore<Bytes, byte[]> written() {
    writeDown();
    return disk;
  }

  /** An entry leaves memory only once it is on disk, and only if nothing newer took its place. */
  private synchronized void writeDown() {
    if (waiting.isEmpty()) {
      return;
    }
    List<KeyValue<Bytes, byte[]>> taken = new ArrayList<>(waiting.size());
    waiting.forEach((key, value) -> taken.add(KeyValue.pair(key, value)));
    taken.sort((a, b) -> a.key.compareTo(b.key));
    List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(taken.size());
    for (KeyValue<Bytes, byte[]> one : taken) {
      batch.add(one.value.length == 0 ? KeyValue.pair(one.key, null) : one);
    }
    disk.putAll(batch);
    for (KeyValue<Bytes, byte[]> one : taken) {
      if (waiting.remove(one.key, one.value)) {
        waitingBytes.addAndGet(-(one.key.get().length + one.value.length + BYTES_PER_ENTRY));
      }
    }
  }

  @Override
  public String name() {
    return disk.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    disk.init(
        restore
            .<StateStoreContext>map(callback -> new RestoringContext(context, callback))
            .orElse(context),
        root);
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    writeDown();
    disk.commit(changelogOffsets);
  }

  @Override
  public void close() {
    try {
      if (disk.isOpen()) {
        writeDown();
      }
    } finally {
      disk.close();
    }
  }

  @Override
  public Long committedOffset(TopicPartition partition) {
    return disk.committedOffset(partition);
  }

  /** Kafka Streams still asks, to know who keeps the offsets. */
  @Override
  @SuppressWarnings("deprecation")
  public boolean managesOffsets() {
    return disk.managesOffsets();
  }

  @Override
  public boolean persistent() {
    return disk.persistent();
  }

  @Override
  public boolean isOpen() {
    return disk.isOpen();
  }

  @Override
  public Position getPosition() {
    return disk.getPosition();
  }
}
