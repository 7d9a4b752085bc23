package io.creditledger.streams.topology;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * Many ids and what is remembered of each, in one value: a version, the time of the newest in
 * milliseconds, then for each id the lengths of key and memo, the key and the memo.
 */
final class IdSegment {

  private static final byte VERSION = 1;
  private static final int HEADER = 1 + Long.BYTES;
  private static final int LENGTHS = Short.BYTES + Integer.BYTES;

  private IdSegment() {}

  /** Fills one segment after the other, in room that is kept. */
  static final class Writer {
    private ByteBuffer room;
    private long newestMillis;

    /** Without ids. */
    Writer(int sizeUsual) {
      room = ByteBuffer.allocate(sizeUsual);
      begin();
    }

    private void begin() {
      room.clear().put(VERSION).putLong(0);
      newestMillis = Long.MIN_VALUE;
    }

    /**
     * Adds an id.
     *
     * @param recordedAtMillis since when it is remembered
     */
    void add(byte[] key, byte[] memo, long recordedAtMillis) {
      int more = LENGTHS + key.length + memo.length;
      if (room.remaining() < more) {
        byte[] larger = Arrays.copyOf(room.array(), 2 * room.capacity() + more);
        room = ByteBuffer.wrap(larger).position(room.position());
      }
      room.putShort((short) key.length).putInt(memo.length).put(key).put(memo);
      newestMillis = Math.max(newestMillis, recordedAtMillis);
    }

    /** Whether there are no ids. */
    boolean isEmpty() {
      return room.position() == HEADER;
    }

    /** The size so far in bytes. */
    int size() {
      return room.position();
    }

    /** The segment; the next one begins without ids. */
    byte[] take() {
      room.putLong(1, newestMillis);
      byte[] segment = Arrays.copyOf(room.array(), room.position());
      begin();
      return segment;
    }

    /** Forgets what was added. */
    void clear() {
      begin();
    }
  }

  /** The time of the newest id, in milliseconds. */
  static long newestMillis(byte[] segment) {
    return opened(segment).getLong();
  }

  /**
   * The ids and their memos, in the order in which they were added.
   *
   * @throws IllegalStateException if the bytes are no segment
   */
  static List<KeyValue<Bytes, byte[]>> ids(byte[] segment) {
    ByteBuffer in = opened(segment);
    in.getLong();
    List<KeyValue<Bytes, byte[]>> ids = new ArrayList<>();
    try {
      while (in.hasRemaining()) {
        byte[] key = new byte[in.getShort()];
        byte[] memo = new byte[in.getInt()];
        in.get(key).get(memo);
        ids.add(KeyValue.pair(Bytes.wrap(key), memo));
      }
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalStateException("a segment of ids ends amid an id", e);
    }
    return ids;
  }

  /** Notes the segment's ids, and tells how many there are. */
  static int addTo(KnownIds known, byte[] segment) {
    ByteBuffer in = opened(segment);
    in.getLong();
    int count = 0;
    for (; in.hasRemaining(); count++) {
      int key = in.getShort();
      int memo = in.getInt();
      known.add(segment, in.position(), key);
      in.position(in.position() + key + memo);
    }
    return count;
  }

  private static ByteBuffer opened(byte[] segment) {
    if (segment.length < HEADER || segment[0] != VERSION) {
      throw new IllegalStateException(
          "a segment of ids that this version does not know: "
              + (segment.length == 0 ? "empty" : "version " + segment[0]));
    }
    return ByteBuffer.wrap(segment).position(1);
  }
}
