package io.creditledger.streams.topology;

/**
 * That a segment has an id, in one number that is not below 0: the id's {@link IdHash}, how far the
 * segment's ordinal is from a base, and whether an older segment may have an id of that hash.
 * Sorted, equal hashes stand together, oldest first.
 */
final class IdPlace {

  private static final int STEP_BITS = 24;

  /** No place: greater than any. */
  static final long NONE = Long.MAX_VALUE;

  private static final long STEP_MASK = (1L << STEP_BITS) - 1;

  /** How far an ordinal may be from its base. */
  static final long STEP_MAX = STEP_MASK - 1;

  private static final int HASH_SHIFT = STEP_BITS + 1;
  private static final long OLDER = 1;

  private IdPlace() {}

  /**
   * A place.
   *
   * @param step from the base to the segment's ordinal, 0 to {@link #STEP_MAX}
   * @param isNew whether surely no older segment has an id of that hash
   */
  static long of(long hash, long step, boolean isNew) {
    return (hash << HASH_SHIFT) | (step << 1) | (isNew ? 0 : OLDER);
  }

  /** Not before any place of that hash, and before all of the hashes above. */
  static long last(long hash) {
    return (hash << HASH_SHIFT) | (STEP_MASK << 1) | OLDER;
  }

  static long hash(long place) {
    return place >>> HASH_SHIFT;
  }

  static long step(long place) {
    return (place >>> 1) & STEP_MASK;
  }

  static boolean isNew(long place) {
    return (place & OLDER) == 0;
  }

  /** The same place seen from a base that is so much lower. */
  static long fromBaseBelow(long place, long by) {
    return place + (by << 1);
  }
}
