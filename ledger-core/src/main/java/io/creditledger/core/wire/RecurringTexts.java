package io.creditledger.core.wire;

import java.nio.charset.StandardCharsets;

/**
 * Short texts that many events have in common, such as the names of properties: each is made once
 * and found again, with its hash, in place of being made for each event. What is not found costs
 * the look. There are at most so many; a newer one takes an older one's place.
 */
final class RecurringTexts {

  private static final int SLOTS = 1 << 10;
  private static final int CHARS_MAX = 40;

  /** Threads may overwrite each other's texts, which are immutable: then one is made again. */
  private static final String[] TEXTS = new String[SLOTS];

  private RecurringTexts() {}

  /** The text of these bytes, which are ASCII. */
  static String of(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length > CHARS_MAX) {
      return text(bytes, start, length);
    }
    int hash = length;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + bytes[i];
    }
    int slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
    String known = TEXTS[slot];
    if (known != null && isAt(known, bytes, start, length)) {
      return known;
    }
    String made = text(bytes, start, length);
    TEXTS[slot] = made;
    return made;
  }

  private static boolean isAt(String text, byte[] bytes, int start, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != bytes[start + i]) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] bytes, int start, int length) {
    return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
  }
}
