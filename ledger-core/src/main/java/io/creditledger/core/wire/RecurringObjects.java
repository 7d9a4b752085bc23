package io.creditledger.core.wire;

import io.creditledger.core.id.Texts;
import java.util.Arrays;

/**
 * Objects of texts that many events have in common, such as the properties of usage: each is read
 * once and found again by its bytes, since equal bytes say the same. What is not found costs the
 * look. There are at most so many; a newer one takes an older one's place.
 */
final class RecurringObjects {

  /** An object as it stood there, and what it says. */
  static final class Known {
    private final byte[] written;
    private final Texts texts;

    private Known(byte[] written, Texts texts) {
      this.written = written;
      this.texts = texts;
    }

    /** How many bytes it has, white space before it included. */
    int length() {
      return written.length;
    }

    Texts texts() {
      return texts;
    }
  }

  private static final int SLOTS = 1 << 10;
  private static final int BYTES_MAX = 512;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** Threads may overwrite each other's objects, which are immutable: then one is read again. */
  private static final Known[] OBJECTS = new Known[SLOTS];

  private RecurringObjects() {}

  /** The object that begins there or behind white space; null where it is not known. */
  static Known at(byte[] bytes, int start) {
    Known known = OBJECTS[slot(bytes, start)];
    if (known == null) {
      return null;
    }
    int end = start + known.written.length;
    boolean same =
        end <= bytes.length
            && Arrays.equals(bytes, start, end, known.written, 0, known.written.length);
    return same ? known : null;
  }

  /** Makes the object known that stands there, to its closing brace. */
  static void keep(byte[] bytes, int start, int end, Texts texts) {
    if (end - start <= BYTES_MAX) {
      OBJECTS[slot(bytes, start)] = new Known(Arrays.copyOfRange(bytes, start, end), texts);
    }
  }

  /** By the bytes up to the first closing brace, whether that ends the object or not. */
  private static int slot(byte[] bytes, int start) {
    int last = Math.min(bytes.length, start + BYTES_MAX);
    long hash = 0;
    int at = start;
    for (; at + Long.BYTES <= last; at += Long.BYTES) {
      long word = Words.get(bytes, at);
      long brace = Words.find(word, '}');
      if (brace != 0) {
        return slot(hash ^ (word & (Long.lowestOneBit(brace) - 1)));
      }
      hash = mixed(hash ^ word);
    }
    for (; at < last && bytes[at] != '}'; at++) {
      hash = mixed(hash ^ bytes[at]);
    }
    return slot(hash);
  }

  private static int slot(long hash) {
    return (int) (mixed(hash) >>> Integer.SIZE) & (SLOTS - 1);
  }

  private static long mixed(long hash) {
    long product = hash * MULTIPLIER;
    return product ^ product >>> Integer.SIZE;
  }
}
