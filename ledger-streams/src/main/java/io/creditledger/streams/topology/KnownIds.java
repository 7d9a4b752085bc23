package io.creditledger.streams.topology;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Tells of most new ids that they are new, without asking the store of processed ids: nearly every
 * input has one, and for a store on disk "not there" is the dearest answer.
 *
 * <p>A Bloom filter over the store's keys. It may take a new id for a known one, and then the store
 * is asked; never the other way round, because it only answers once it has seen every key: those
 * that were there before it, piece by piece, and those that were added since. Keys that are deleted
 * stay in it. Where there are more ids than it has room for it gets less sharp, not wrong.
 */
final class KnownIds {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** Keys read in one go, so that usage waits little for it. */
  private static final int PIECE = 20_000;

  /** At 16 bits for each id less than one new id in a hundred is taken for a known one. */
  private static final int IDS_PER_WORD = 4;

  /** Words of each part: 1, 4 and 16 MiB, made when the one before is full. */
  private static final int[] SIZES = {1 << 17, 1 << 19, 1 << 21};

  private final KeyValueStore<Bytes, byte[]> ids;
  private final List<long[]> parts = new ArrayList<>();
  private long roomLeft;
  private Bytes from = Bytes.wrap(new byte[0]);
  private boolean complete;

  KnownIds(KeyValueStore<Bytes, byte[]> ids) {
    this.ids = ids;
    grow();
    learn();
  }

  /** Whether the store is sure not to have the key. */
  boolean isNew(byte[] key) {
    if (!complete) {
      return false;
    }
    long hash = hash(key);
    long bits = bits(hash);
    for (long[] part : parts) {
      if ((part[index(hash, part)] & bits) == bits) {
        return false;
      }
    }
    return true;
  }

  /** Notes a key that the store is given. */
  void add(byte[] key) {
    if (roomLeft == 0 && parts.size() < SIZES.length) {
      grow();
    }
    long hash = hash(key);
    long[] part = parts.getLast();
    part[index(hash, part)] |= bits(hash);
    if (roomLeft > 0) {
      roomLeft--;
    }
  }

  /** Reads on in the store, until all that was there before is known. */
  void learn() {
    if (complete) {
      return;
    }
    try (KeyValueIterator<Bytes, byte[]> keys = ids.range(from, null)) {
      for (int i = 0; i < PIECE && keys.hasNext(); i++) {
        add(keys.next().key.get());
      }
      if (keys.hasNext()) {
        from = keys.peekNextKey();
      } else {
        complete = true;
      }
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

  private static long hash(byte[] key) {
    long hash = key.length;
    int at = 0;
    for (; at + Long.BYTES <= key.length; at += Long.BYTES) {
      hash = mixed(hash ^ (long) WORD.get(key, at));
    }
    long rest = 0;
    for (; at < key.length; at++) {
      rest = rest << Byte.SIZE | (key[at] & 0xff);
    }
    return mixed(mixed(hash ^ rest));
  }

  private static long mixed(long hash) {
    long product = hash * MULTIPLIER;
    return product ^ product >>> 32;
  }
}
