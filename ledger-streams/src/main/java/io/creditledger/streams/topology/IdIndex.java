package io.creditledger.streams.topology;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * In which segments an id may be: for each {@link IdHash} the ordinals of the segments that have an
 * id of it. Whoever asks looks into the segments, since ids that differ may have one hash.
 *
 * <p>On disk there is a row for each hash. What is new waits in memory until it fills its room, and
 * goes down sorted, in one batch. One thread changes the index, any thread asks it.
 */
final class IdIndex {

  /**
   * So many ids wait at most. The more go down at once, the closer together they lie on disk and
   * the less each costs; so many take some 12 ms.
   */
  private static final int WAITING_MAX = 1 << 15;

  private static final int STEP_BITS = 16;
  private static final long STEP_MAX = (1L << STEP_BITS) - 1;
  private static final long MAYBE_KNOWN = 1;

  private static final long[] NOWHERE = {};

  private final KeyValueStore<Bytes, byte[]> disk;

  /**
   * For each id that waits its hash, its segment's ordinal less {@link #base}, and whether a row
   * may be there: in one number, so that sorting them brings equal hashes together, oldest first.
   */
  private final long[] waiting = new long[WAITING_MAX];

  /** For each {@link #slot} the newest that waits, counted from 1; 0 where there is none. */
  private final int[] newest = new int[WAITING_MAX];

  /** For each that waits the one before it of the same slot, counted in the same way. */
  private final int[] older = new int[WAITING_MAX];

  private int count;
  private long base;

  /**
   * An index without anything that waits.
   *
   * @param disk where the rows are, beside other keys
   */
  IdIndex(KeyValueStore<Bytes, byte[]> disk) {
    this.disk = disk;
  }

  /**
   * Notes that a segment has an id.
   *
   * @param ordinal the segment's
   * @param isNew whether the hash surely never was added before
   */
  synchronized void add(long hash, long ordinal, boolean isNew) {
    boolean within = ordinal >= base && ordinal - base <= STEP_MAX;
    if (count == WAITING_MAX || !within) {
      write();
    }
    if (count == 0) {
      base = ordinal;
    }
    int slot = slot(hash);
    waiting[count] = ((hash << STEP_BITS | (ordinal - base)) << 1) | (isNew ? 0 : MAYBE_KNOWN);
    older[count] = newest[slot];
    newest[slot] = ++count;
  }

  /** The segments that have an id of that hash, the newest first. */
  long[] ordinals(long hash) {
    long[] ordinals = NOWHERE;
    synchronized (this) {
      for (int at = newest[slot(hash)]; at > 0; at = older[at - 1]) {
        long one = waiting[at - 1];
        if (hashOf(one) == hash) {
          ordinals = with(ordinals, ordinalOf(one));
          if (isNew(one)) {
            return ordinals;
          }
        }
      }
    }
    long[] written = ordinalsIn(disk.get(StoreKeys.hash(hash)));
    for (int i = written.length - 1; i >= 0; i--) {
      ordinals = with(ordinals, written[i]);
    }
    return ordinals;
  }

  /** Notes that a segment has no id of that hash any more. */
  synchronized void remove(long hash, long ordinal) {
    write();
    Bytes key = StoreKeys.hash(hash);
    long[] left =
        Arrays.stream(ordinalsIn(disk.get(key))).filter(other -> other != ordinal).toArray();
    disk.put(key, left.length == 0 ? null : row(left));
  }

  /** Writes down what waits. */
  synchronized void write() {
    if (count == 0) {
      return;
    }
    Arrays.sort(waiting, 0, count);
    List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>(count);
    for (int from = 0, to = 0; from < count; from = to) {
      long hash = hashOf(waiting[from]);
      Bytes key = StoreKeys.hash(hash);
      long[] ordinals = isNew(waiting[from]) ? NOWHERE : ordinalsIn(disk.get(key));
      for (; to < count && hashOf(waiting[to]) == hash; to++) {
        ordinals = with(ordinals, ordinalOf(waiting[to]));
      }
      rows.add(KeyValue.pair(key, row(ordinals)));
    }
    disk.putAll(rows);
    forget();
  }

  /** Forgets what waits. */
  synchronized void forget() {
    Arrays.fill(newest, 0);
    count = 0;
  }

  private static int slot(long hash) {
    return (int) hash & (WAITING_MAX - 1);
  }

  private static long hashOf(long waiting) {
    return waiting >>> (STEP_BITS + 1);
  }

  private long ordinalOf(long waiting) {
    return base + ((waiting >>> 1) & STEP_MAX);
  }

  private static boolean isNew(long waiting) {
    return (waiting & MAYBE_KNOWN) == 0;
  }

  /** The ordinals and one more at their end, unless it stands there. */
  private static long[] with(long[] ordinals, long more) {
    int length = ordinals.length;
    if (length > 0 && ordinals[length - 1] == more) {
      return ordinals;
    }
    long[] longer = Arrays.copyOf(ordinals, length + 1);
    longer[length] = more;
    return longer;
  }

  /** The ordinals in a row, in the order in which they were added. */
  private static long[] ordinalsIn(byte[] row) {
    if (row == null) {
      return NOWHERE;
    }
    long[] ordinals = new long[row.length / Long.BYTES];
    ByteBuffer.wrap(row).asLongBuffer().get(ordinals);
    return ordinals;
  }

  private static byte[] row(long[] ordinals) {
    ByteBuffer row = ByteBuffer.allocate(ordinals.length * Long.BYTES);
    row.asLongBuffer().put(ordinals);
    return row.array();
  }
}
