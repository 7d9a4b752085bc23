package io.creditledger.streams.audit;

/**
 * How much an audit has looked at.
 *
 * @param entries journal entries
 * @param duplicates inputs that repeated an event
 * @param rejections inputs that were refused
 * @param derived outcomes that were decided anew and compared
 * @param customers with at least one entry
 * @param bytes of keys and values read
 */
public record Counts(
    long entries, long duplicates, long rejections, long derived, long customers, long bytes) {

  /** Nothing yet. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  /** Both together. */
  public Counts plus(Counts other) {
    return new Counts(
        entries + other.entries,
        duplicates + other.duplicates,
        rejections + other.rejections,
        derived + other.derived,
        customers + other.customers,
        bytes + other.bytes);
  }

  /** Inputs that have an outcome. */
  public long inputs() {
    return entries + duplicates + rejections;
  }

  /** Records read: each input and its outcome. */
  public long records() {
    return 2 * inputs();
  }
}
