package io.creditledger.streams.topology;

import io.creditledger.core.account.Memo;
import io.creditledger.core.wire.MemoCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is remembered of the events of a task, each in a row of its own; on their way to the
 * changelog the rows travel in segments, of many ids each, that are written when they are full and
 * before each commit. A segment stays beside the rows, so that the oldest ids are found again when
 * their time is over.
 */
final class IdStore extends CommitStore {

  /** A segment is full then; half of what the producer sends in one batch. */
  private static final int SEGMENT_BYTES = 64 << 10;

  /** So many ids are looked at in one sweep, so that usage waits little for it. */
  private static final int SWEEP = 10_000;

  /** So many are learned in one go after a start. */
  private static final int LEARN = 500_000;

  /** The segment whose ids are over first. */
  private record Oldest(Bytes key, long newestMillis) {}

  private final WriteBehindStore rows;
  private final IdSegment.Writer segment = new IdSegment.Writer(2 * SEGMENT_BYTES);
  private KnownIds known = new KnownIds();
  private Optional<Bytes> learnedUpTo = Optional.empty();
  private boolean learnedAll;
  private Optional<Oldest> oldest = Optional.empty();
  private long ordinal;

  /**
   * Ids in rows.
   *
   * @param rows where they and the segments are kept; no other store's
   * @param logged writes to its changelog and to {@code rows}
   */
  IdStore(WriteBehindStore rows, KeyValueStore<Bytes, byte[]> logged) {
    super(logged);
    this.rows = rows;
    rows.restoredBy((BatchingStateRestoreCallback) this::restore);
  }

  @Override
  void usedBy(CommitScope processor) {
    super.usedBy(processor);
    oldest = Optional.empty();
    try (KeyValueIterator<Bytes, byte[]> last =
        rows.reverseRange(StoreKeys.SEGMENTS_FROM, StoreKeys.SEGMENTS_TO)) {
      ordinal = last.hasNext() ? StoreKeys.ordinalOf(last.next().key) + 1 : 0;
    }
    known = new KnownIds();
    learnedUpTo = Optional.empty();
    learnedAll = false;
    learn();
  }

  /**
   * What is remembered of an event, in bytes; null where nothing is. For the task's thread, which
   * asks it of nearly every event for the first time: the rows need not be looked at then.
   */
  byte[] memo(Bytes key) {
    return learnedAll && known.isNew(key.get()) ? null : rows.get(key);
  }

  /**
   * Gets to know some of the ids that were there before, until it knows all of them and need not
   * ask the rows for those it does not know.
   */
  void learn() {
    if (learnedAll) {
      return;
    }
    Bytes from = learnedUpTo.orElse(StoreKeys.SEGMENTS_FROM);
    try (KeyValueIterator<Bytes, byte[]> segments = rows.range(from, StoreKeys.SEGMENTS_TO)) {
      for (int learned = 0; learned < LEARN && segments.hasNext(); ) {
        learned += IdSegment.addTo(known, segments.next().value);
      }
      learnedAll = !segments.hasNext();
      learnedUpTo = learnedAll ? Optional.empty() : Optional.of(segments.peekNextKey());
    }
  }

  /**
   * Keeps what is remembered of an event, in the place of what was before.
   *
   * @param key of the event
   * @param recordedAtMillis since when it is remembered
   */
  void keep(Bytes key, byte[] memo, long recordedAtMillis) {
    rows.put(key, memo);
    known.add(key.get());
    segment.add(key.get(), memo, recordedAtMillis);
    changed(recordedAtMillis);
    if (segment.size() >= SEGMENT_BYTES) {
      write();
    }
  }

  @Override
  void write() {
    if (!segment.isEmpty()) {
      logged().put(StoreKeys.segment(ordinal++), segment.take());
    }
  }

  @Override
  void forget() {
    segment.clear();
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
      List<KeyValue<Bytes, byte[]>> ids = IdSegment.ids(rows.get(key));
      ids.forEach(id -> forgetOrCarry(id.key, now, idMemory));
      logged().delete(key);
      oldest = Optional.empty();
      looked += ids.size();
    }
  }

  private Optional<Oldest> findOldest() {
    try (KeyValueIterator<Bytes, byte[]> first =
        rows.range(StoreKeys.SEGMENTS_FROM, StoreKeys.SEGMENTS_TO)) {
      if (!first.hasNext()) {
        return Optional.empty();
      }
      KeyValue<Bytes, byte[]> one = first.next();
      return Optional.of(new Oldest(one.key, IdSegment.newestMillis(one.value)));
    }
  }

  private static boolean over(Oldest oldest, Instant now, Duration idMemory) {
    return now.isAfter(Instant.ofEpochMilli(oldest.newestMillis()).plus(idMemory));
  }

  /** What is remembered for longer, such as a grant's id, moves to the segment of today. */
  private void forgetOrCarry(Bytes key, Instant now, Duration idMemory) {
    byte[] bytes = rows.get(key);
    if (bytes == null) {
      return;
    }
    Memo memo = MemoCodec.read(StoreKeys.eventOf(key.get()), bytes);
    if (memo.rememberedAt(now, idMemory)) {
      keep(key, bytes, now.toEpochMilli());
    } else {
      rows.delete(key);
    }
  }

  /**
   * Restores rows from segments. Where a segment was swept its rows go too: what was to stay of
   * them follows in a later segment.
   */
  private void restore(Collection<KeyValue<byte[], byte[]>> segments) {
    for (KeyValue<byte[], byte[]> one : segments) {
      Bytes key = Bytes.wrap(one.key);
      byte[] before = rows.get(key);
      if (one.value == null && before != null) {
        IdSegment.ids(before).forEach(id -> rows.delete(id.key));
      }
      rows.put(key, one.value);
      if (one.value != null) {
        IdSegment.ids(one.value).forEach(id -> rows.put(id.key, id.value));
      }
    }
  }

  @Override
  public byte[] get(Bytes key) {
    return rows.get(key);
  }

  /** The ids; a null for an end means no bound. */
  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    return rows.range(from, to == null ? StoreKeys.BEFORE_SEGMENTS : to);
  }
}
