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

  /** The words in which all bits of an id are: a line of the processor's cache. */
  private static final int WORDS_OF_LINE = 8;

  /** The hash's lower bits are mixed into the places of bits, those above them tell the line. */
  private static final int LINE_SHIFT = 24;

  /** At 16 bits for each id some two of a thousand new ids are taken for known ones. */
  private static final int IDS_PER_WORD = 4;

  private static final int BITS_OF_ID = 5;

  /** Which of a line's 512 bits. */
  private static final int PLACE_BITS = 9;

  private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;

  /** Words of each part: 1, 4 and 16 MiB, made when the one before is full. */
  private static final int[] SIZES = {1 << 17, 1 << 19, 1 << 21};

  private final List<long[]> parts = new ArrayList<>();
  private long roomLeft;

  KnownIds() {
    grow();
  }

  /** Whether it was surely never given a key of that {@link IdHash}. */
  boolean isNew(long hash) {
    for (long[] part : parts) {
      if (holds(part, hash)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(long[] part, long hash) {
    int line = line(hash, part);
    long places = places(hash);
    for (int i = 0; i < BITS_OF_ID; i++) {
      if ((part[line + word(places)] & (1L << places)) == 0) {
        return false;
      }
      places >>>= PLACE_BITS;
    }
    return true;
  }

  /** Notes a key's hash. */
  void add(long hash) {
    if (roomLeft == 0 && parts.size() < SIZES.length) {
      grow();
    }
    long[] part = parts.getLast();
    int line = line(hash, part);
    long places = places(hash);
    for (int i = 0; i < BITS_OF_ID; i++) {
      part[line + word(places)] |= 1L << places;
      places >>>= PLACE_BITS;
    }
    if (roomLeft > 0) {
      roomLeft--;
    }
  }

  private void grow() {
    long[] part = new long[SIZES[parts.size()]];
    parts.add(part);
    roomLeft = (long) part.length * IDS_PER_WORD;
  }

  private static int line(long hash, long[] part) {
    return ((int) (hash >>> LINE_SHIFT) * WORDS_OF_LINE) & (part.length - 1);
  }

  /** The places of an id's bits in its line, one behind the other from the lowest bits up. */
  private static long places(long hash) {
    return (hash * MULTIPLIER) >>> (Long.SIZE - BITS_OF_ID * PLACE_BITS);
  }

  /** Of the place in the lowest bits the word; the six below it are the bit of the word. */
  private static int word(long places) {
    return (int) (places >>> 6) & (WORDS_OF_LINE - 1);
  }
}
