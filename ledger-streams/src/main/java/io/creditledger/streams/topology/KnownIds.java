package io.creditledger.streams.topology;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells of most new ids that they are new, without asking a store: nearly every input has one, and
 * for a store on disk "not there" is the dearest answer.
 *
 * <p>A Bloom filter. It may take a new id for a known one, and then the store is to be asked; never
 * the other way round, as long as it was given every key. Keys that are deleted stay in it. Where
 * there are more ids than it has room for it gets less sharp, not wrong.
 */
final class KnownIds {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** At 16 bits for each id less than one new id in a hundred is taken for a known one. */
  private static final int IDS_PER_WORD = 4;

  /** Words of each part: 1, 4 and 16 MiB, made when the one before is full. */
  private static final int[] SIZES = {1 << 17, 1 << 19, 1 << 21};

  private final List<long[]> parts = new ArrayList<>();
  private long roomLeft;

  KnownIds() {
    grow();
  }

  /** Whether it was surely never given the key. */
  boolean isNew(byte[] key) {
    long hash = hash(key, 0, key.length);
    long bits = bits(hash);
    for (long[] part : parts) {
      if ((part[index(hash, part)] & bits) == bits) {
        return false;
      }
    }
    return true;
  }

  /** Notes a key. */
  void add(byte[] key) {
    add(key, 0, key.length);
  }

  /** Notes the key that stands amid other bytes. */
  void add(byte[] bytes, int from, int length) {
    if (roomLeft == 0 && parts.size() < SIZES.length) {
      grow();
    }
    long hash = hash(bytes, from, length);
    long[] part = parts.getLast();
    part[index(hash, part)] |= bits(hash);
    if (roomLeft > 0) {
      roomLeft--;
    }
  }

  private void grow() {
    long[] part = new long[SIZES[parts.size()]];
    parts.add(part);
    roomLeft = (long) part.length * IDS_PER_WORD;
  }

  /** Four bits of one word, by the hash's lower half. */
  private static long bits(long hash) {
    return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12) | 1L << (hash >>> 18);
  }

  /** Which word, by the hash's upper half. */
  private static int index(long hash, long[] part) {
    return (int) (hash >>> 32) & (part.length - 1);
  }

  private static long hash(byte[] bytes, int from, int length) {
    long hash = length;
    int at = from;
    int end = from + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mixed(hash ^ (long) WORD.get(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << Byte.SIZE | (bytes[at] & 0xff);
    }
    return mixed(mixed(hash ^ rest));
  }

  private static long mixed(long hash) {
    long product = hash * MULTIPLIER;
    return product ^ product >>> 32;
  }
}
