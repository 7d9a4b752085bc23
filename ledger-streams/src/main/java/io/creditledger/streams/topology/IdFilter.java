package io.creditledger.streams.topology;

/**
 * Where the bits of an id are in a filter that says of most ids that they are not among those it
 * was made of: a Bloom filter in lines of {@value #WORDS} words, which is a line of the processor's
 * cache. All bits of an id are in one line, and lines are in the order of hashes.
 *
 * <p>It may take an id for one of those it was made of, never the other way round.
 */
final class IdFilter {

  /** The words of a line. */
  static final int WORDS = 8;

  /** At 16 bits for each id some two of a thousand others are taken for one. */
  private static final int IDS_OF_LINE = 32;

  private static final int BITS_OF_ID = 5;

  /** Which of a line's 512 bits. */
  private static final int PLACE_BITS = 9;

  private static final int WORD_BITS = 6;
  private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;

  private IdFilter() {}

  /** How many lines a filter of so many ids has, at least one. */
  static int lines(int ids) {
    return ids / IDS_OF_LINE + 1;
  }

  /** The line of an {@link IdHash}; a greater hash is never in a line before it. */
  static int line(long hash, int lines) {
    return (int) ((hash * lines) >>> IdHash.BITS);
  }

  /** The bits of a hash in its line, for {@link #word}, {@link #bit} and {@link #next}. */
  static long bits(long hash) {
    return ((hash * MULTIPLIER) >>> (Long.SIZE - BITS_OF_ID * PLACE_BITS))
        | (1L << (BITS_OF_ID * PLACE_BITS));
  }

  /** The word of the first of the bits. */
  static int word(long bits) {
    return (int) (bits >>> WORD_BITS) & (WORDS - 1);
  }

  /** The first of the bits, in its word. */
  static long bit(long bits) {
    return 1L << bits;
  }

  /** The bits without the first; 1 where none is left. */
  static long next(long bits) {
    return bits >>> PLACE_BITS;
  }
}
