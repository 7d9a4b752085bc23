package io.creditledger.streams.topology;

import io.creditledger.core.account.Memo;
import io.creditledger.core.wire.MemoCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is remembered of the events of a task, in segments of many ids, which are written when they
 * are full and before each commit, to the disk and the changelog. An index says which segments to
 * look into for an id, and of nearly every new id that there is none. It is made from the segments,
 * so the changelog has no more than those.
 *
 * <p>The task's thread changes it, any thread may {@link #get}.
 */
final class IdStore extends CommitStore {

  /** A segment is full then; half of what the producer sends in one batch. */
  private static final int SEGMENT_BYTES = 64 << 10;

  /** So many ids are looked at in one sweep, so that usage waits little for it. */
  private static final int SWEEP = 10_000;

  /** The index's files, in the task's directory. */
  private static final String INDEX = "ids-index";

  /** The segment whose ids are over first. */
  private record Oldest(Bytes key, long newestMillis) {}

  private final IdIndex index;
  private final WriteBehindStore segments;

  /** The segment that is being filled; its lock is held while it is changed or read. */
  private final IdSegment.Writer open = new IdSegment.Writer(2 * SEGMENT_BYTES);

  private Optional<Oldest> oldest = Optional.empty();
  private long ordinal;

  /**
   * Ids in segments.
   *
   * @param index on the same disk
   * @param segments where they are kept; no other store's
   * @param logged writes to its changelog and to {@code segments}
   */
  IdStore(IdIndex index, WriteBehindStore segments, KeyValueStore<Bytes, byte[]> logged) {
    super(logged);
    this.index = index;
    this.segments = segments;
    segments.restoredBy((BatchingStateRestoreCallback) this::restore);
  }

  @Override
  void opened(Path directory) {
    if (!index.open(directory.resolve(INDEX))) {
      indexAll();
    }
  }

  @Override
  void closing() {
    index.close();
  }

  @Override
  void usedBy(CommitScope processor) {
    super.usedBy(processor);
    oldest = Optional.empty();
    try (KeyValueIterator<Bytes, byte[]> last =
        segments.reverseRange(StoreKeys.SEGMENTS_FROM, StoreKeys.SEGMENTS_TO)) {
      synchronized (open) {
        ordinal = last.hasNext() ? StoreKeys.ordinalOf(last.next().key) + 1 : 0;
      }
    }
    index.sweptBefore(firstSegment().map(first -> StoreKeys.ordinalOf(first.key)).orElse(ordinal));
  }

  private Optional<KeyValue<Bytes, byte[]>> firstSegment() {
    try (KeyValueIterator<Bytes, byte[]> all =
        segments.range(StoreKeys.SEGMENTS_FROM, StoreKeys.SEGMENTS_TO)) {
      return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
    }
  }

  private void indexAll() {
    try (KeyValueIterator<Bytes, byte[]> all =
        segments.range(StoreKeys.SEGMENTS_FROM, StoreKeys.SEGMENTS_TO)) {
      all.forEachRemaining(
          one -> {
            long at = StoreKeys.ordinalOf(one.key);
            IdSegment.hashes(one.value, hash -> index.add(hash, at));
          });
    }
  }

  /**
   * What is remembered of an event, in bytes; null where nothing is. For the task's thread, which
   * asks it of nearly every event for the first time.
   */
  byte[] memo(IdKey key) {
    return index.isNew(key.hash()) ? null : get(key);
  }

  /**
   * Keeps what is remembered of an event, in the place of what was before.
   *
   * @param key of the event
   * @param recordedAtMillis since when it is remembered
   */
  void keep(IdKey key, byte[] memo, long recordedAtMillis) {
    synchronized (open) {
      open.add(key.bytes().get(), memo, recordedAtMillis);
      index.add(key.hash(), ordinal);
    }
    changed(recordedAtMillis);
    if (open.size() >= SEGMENT_BYTES) {
      write();
    }
  }

  @Override
  void write() {
    if (!open.isEmpty()) {
      synchronized (open) {
        logged().put(StoreKeys.segment(ordinal), open.take());
        ordinal++;
      }
    }
  }

  @Override
  void settle() {
    index.settle();
  }

  @Override
  void forget() {
    synchronized (open) {
      open.clear();
    }
  }

  /**
   * Frees the space of ids whose time is over, some of them at a time. Decisions do not depend on
   * it: an id past its time counts as forgotten whether it was swept or not.
   *
   * @param idMemory how long an event is remembered
   */
  void sweep(Instant now, Duration idMemory) {
    int looked = 0;
    while (looked < SWEEP) {
      Optional<Oldest> first = oldest.or(this::findOldest);
      if (first.isEmpty() || !over(first.get(), now, idMemory)) {
        oldest = first;
        return;
      }
      Bytes key = first.get().key();
      long swept = StoreKeys.ordinalOf(key);
      Map<Bytes, byte[]> ids = IdSegment.ids(segments.get(key));
      ids.forEach((id, memo) -> forgetOrCarry(id.get(), memo, swept, now, idMemory));
      looked += ids.size();
      logged().delete(key);
      index.sweptBefore(swept + 1);
      oldest = Optional.empty();
    }
  }

  private Optional<Oldest> findOldest() {
    return firstSegment().map(one -> new Oldest(one.key, IdSegment.newestMillis(one.value)));
  }

  private static boolean over(Oldest oldest, Instant now, Duration idMemory) {
    return now.isAfter(Instant.ofEpochMilli(oldest.newestMillis()).plus(idMemory));
  }

  /**
   * What is remembered for longer, such as a grant's id, moves to the segment of today. What a
   * later segment has too is left to that one.
   */
  private void forgetOrCarry(byte[] id, byte[] bytes, long swept, Instant now, Duration idMemory) {
    IdKey key = IdKey.of(id);
    boolean later =
        Arrays.stream(index.ordinals(key.hash()))
            .anyMatch(at -> at > swept && memoIn(at, id) != null);
    Memo memo = MemoCodec.read(StoreKeys.eventOf(id), bytes);
    if (!later && memo.rememberedAt(now, idMemory)) {
      keep(key, bytes, now.toEpochMilli());
    }
  }

  /** Restores segments, and what the index has of them. */
  private void restore(Collection<KeyValue<byte[], byte[]>> records) {
    for (KeyValue<byte[], byte[]> one : records) {
      Bytes key = Bytes.wrap(one.key);
      segments.put(key, one.value);
      if (one.value != null) {
        IdSegment.hashes(one.value, hash -> index.add(hash, StoreKeys.ordinalOf(key)));
      }
    }
  }

  @Override
  public byte[] get(Bytes key) {
    return get(IdKey.of(key.get()));
  }

  private byte[] get(IdKey key) {
    for (long at : index.ordinals(key.hash())) {
      byte[] memo = memoIn(at, key.bytes().get());
      if (memo != null) {
        return memo;
      }
    }
    return null;
  }

  private byte[] memoIn(long at, byte[] key) {
    synchronized (open) {
      if (at == ordinal) {
        return open.memo(key);
      }
    }
    byte[] segment = segments.get(StoreKeys.segment(at));
    return segment == null ? null : IdSegment.memo(segment, key);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    throw new UnsupportedOperationException("ids are looked up, they have no order");
  }
}
