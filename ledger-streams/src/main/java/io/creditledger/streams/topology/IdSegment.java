package io.creditledger.streams.topology;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.common.utils.Bytes;

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

    /** What is remembered of an id, as it was added last; null where it was not. */
    byte[] memo(byte[] key) {
      return IdSegment.memo(room.array(), room.position(), key);
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
   * The ids and what is remembered of each, as it was added last.
   *
   * @throws IllegalStateException if the bytes are no segment
   */
  static Map<Bytes, byte[]> ids(byte[] segment) {
    ByteBuffer in = opened(segment);
    in.getLong();
    Map<Bytes, byte[]> ids = new LinkedHashMap<>();
    try {
      while (in.hasRemaining()) {
        byte[] key = new byte[in.getShort()];
        byte[] memo = new byte[in.getInt()];
        in.get(key).get(memo);
        ids.put(Bytes.wrap(key), memo);
      }
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalStateException("a segment of ids ends amid an id", e);
    }
    return ids;
  }

  /** What is remembered of an id, as it was added last; null where it was not. */
  static byte[] memo(byte[] segment, byte[] key) {
    return memo(opened(segment).array(), segment.length, key);
  }

  private static byte[] memo(byte[] segment, int end, byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(segment, HEADER, end - HEADER);
    byte[] found = null;
    while (in.hasRemaining()) {
      int keyLength = in.getShort();
      int memoLength = in.getInt();
      int at = in.position();
      int memoAt = at + keyLength;
      if (Arrays.equals(segment, at, memoAt, key, 0, key.length)) {
        found = Arrays.copyOfRange(segment, memoAt, memoAt + memoLength);
      }
      in.position(memoAt + memoLength);
    }
    return found;
  }

  /** Hands the hash of each id on. */
  static void hashes(byte[] segment, LongConsumer taker) {
    ByteBuffer in = opened(segment);
    in.getLong();
    while (in.hasRemaining()) {
      int keyLength = in.getShort();
      int memoLength = in.getInt();
      taker.accept(IdHash.of(segment, in.position(), keyLength));
      in.position(in.position() + keyLength + memoLength);
    }
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
