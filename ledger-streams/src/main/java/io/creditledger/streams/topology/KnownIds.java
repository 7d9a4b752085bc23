package io.creditledger.streams.topology;

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

  /** The hash's lower bits say which bits of a word, those above them which word. */
  private static final int BITS_OF_WORD = 24;

  /** At 16 bits for each id less than one new id in a hundred is taken for a known one. */
  private static final int IDS_PER_WORD = 4;

  /** Words of each part: 1, 4 and 16 MiB, made when the one before is full. */
  private static final int[] SIZES = {1 << 17, 1 << 19, 1 << 21};

  private final List<long[]> parts = new ArrayList<>();
  private long roomLeft;

  KnownIds() {
    grow();
  }

  /** Whether it was surely never given a key of that {@link IdHash}. */
  boolean isNew(long hash) {
    long bits = bits(hash);
    for (long[] part : parts) {
      if ((part[index(hash, part)] & bits) == bits) {
        return false;
      }
    }
    return true;
  }

  /** Notes a key's hash. */
  void add(long hash) {
    if (roomLeft == 0 && parts.size() < SIZES.length) {
      grow();
    }
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

  private static long bits(long hash) {
    return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12) | 1L << (hash >>> 18);
  }

  private static int index(long hash, long[] part) {
    return (int) (hash >>> BITS_OF_WORD) & (part.length - 1);
  }
}
