package io.creditledger.streams.topology;

import io.creditledger.core.account.Memo;
import io.creditledger.core.wire.MemoCodec;
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
 * look into for an id, and a filter says of nearly every new id that it is in none. Both are made
 * from the segments, so the changelog has no more than those.
 *
 * <p>The task's thread changes it, any thread may {@link #get}.
 */
final class IdStore extends CommitStore {

  /** A segment is full then; half of what the producer sends in one batch. */
  private static final int SEGMENT_BYTES = 64 << 10;

  /** So many ids are looked at in one sweep, so that usage waits little for it. */
  private static final int SWEEP = 10_000;

  /** So many are learned before the first input is decided: some 200 ms. */
  private static final int LEARN_AT_START = 2_000_000;

  /** So many of the others are learned in one go, between inputs: some 20 ms. */
  private static final int LEARN = 200_000;

  /** The segment whose ids are over first. */
  private record Oldest(Bytes key, long newestMillis) {}

  private final IdIndex index;
  private final WriteBehindStore segments;

  /** The segment that is being filled; its lock is held while it is changed or read. */
  private final IdSegment.Writer open = new IdSegment.Writer(2 * SEGMENT_BYTES);

  private KnownIds known = new KnownIds();
  private Optional<Bytes> learnedUpTo = Optional.empty();
  private boolean learnedAll;
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
  void opening() {
    index.forget();
    known = new KnownIds();
    learnedUpTo = Optional.empty();
    learnedAll = false;
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
    if (!isIndexed()) {
      indexAll();
    }
    learn(LEARN_AT_START);
  }

  /** Whether the segments have an index: a state directory may be older than that. */
  private boolean isIndexed() {
    return firstSegment()
        .map(
            first ->
                IdSegment.ids(first.value).keySet().stream()
                    .allMatch(id -> isIndexed(id, StoreKeys.ordinalOf(first.key))))
        .orElse(true);
  }

  private boolean isIndexed(Bytes id, long at) {
    return Arrays.stream(index.ordinals(IdHash.of(id.get()))).anyMatch(known -> known == at);
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
            IdSegment.hashes(one.value, hash -> index.add(hash, at, /* isNew= */ false));
          });
    }
  }

  /**
   * What is remembered of an event, in bytes; null where nothing is. For the task's thread, which
   * asks it of nearly every event for the first time.
   */
  byte[] memo(Bytes key) {
    return isNew(IdHash.of(key.get())) ? null : get(key);
  }

  private boolean isNew(long hash) {
    return learnedAll && known.isNew(hash);
  }

  /**
   * Gets to know some of the ids that were there before, until it knows all of them and need not
   * ask the index for those it does not know.
   */
  void learn() {
    learn(LEARN);
  }

  private void learn(int atMost) {
    if (learnedAll) {
      return;
    }
    Bytes from = learnedUpTo.orElse(StoreKeys.SEGMENTS_FROM);
    try (KeyValueIterator<Bytes, byte[]> all = segments.range(from, StoreKeys.SEGMENTS_TO)) {
      for (int learned = 0; learned < atMost && all.hasNext(); ) {
        learned += IdSegment.hashes(all.next().value, known::add);
      }
      learnedAll = !all.hasNext();
      learnedUpTo = learnedAll ? Optional.empty() : Optional.of(all.peekNextKey());
    }
  }

  /**
   * Keeps what is remembered of an event, in the place of what was before.
   *
   * @param key of the event
   * @param recordedAtMillis since when it is remembered
   */
  void keep(Bytes key, byte[] memo, long recordedAtMillis) {
    long hash = IdHash.of(key.get());
    synchronized (open) {
      open.add(key.get(), memo, recordedAtMillis);
      index(hash, ordinal);
    }
    changed(recordedAtMillis);
    if (open.size() >= SEGMENT_BYTES) {
      write();
    }
  }

  private void index(long hash, long at) {
    index.add(hash, at, isNew(hash));
    known.add(hash);
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
    index.write();
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
      ids.forEach((id, memo) -> forgetOrCarry(id, memo, swept, now, idMemory));
      looked += ids.size();
      logged().delete(key);
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
  private void forgetOrCarry(Bytes key, byte[] bytes, long swept, Instant now, Duration idMemory) {
    long hash = IdHash.of(key.get());
    boolean later =
        Arrays.stream(index.ordinals(hash))
            .anyMatch(at -> at > swept && memoIn(at, key.get()) != null);
    Memo memo = MemoCodec.read(StoreKeys.eventOf(key.get()), bytes);
    if (!later && memo.rememberedAt(now, idMemory)) {
      keep(key, bytes, now.toEpochMilli());
    }
    index.remove(hash, swept);
  }

  /** Restores segments, and makes the index and the filter anew from them. */
  private void restore(Collection<KeyValue<byte[], byte[]>> records) {
    while (!learnedAll) {
      learn();
    }
    for (KeyValue<byte[], byte[]> one : records) {
      Bytes key = Bytes.wrap(one.key);
      long at = StoreKeys.ordinalOf(key);
      byte[] swept = one.value == null ? segments.get(key) : null;
      if (swept != null) {
        IdSegment.hashes(swept, hash -> index.remove(hash, at));
      }
      segments.put(key, one.value);
      if (one.value != null) {
        IdSegment.hashes(one.value, hash -> index(hash, at));
      }
    }
  }

  @Override
  public byte[] get(Bytes key) {
    for (long at : index.ordinals(IdHash.of(key.get()))) {
      byte[] memo = memoIn(at, key.get());
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
