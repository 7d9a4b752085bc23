package io.creditledger.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, as one number whose lowest byte stands first. */
final class Words {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The lowest bit of each byte. */
  private static final long ONES = 0x0101010101010101L;

  /** The highest bit of each byte. */
  private static final long HIGHS = 0x8080808080808080L;

  private Words() {}

  /** The eight bytes from that index on. */
  static long get(byte[] bytes, int at) {
    return (long) WORD.get(bytes, at);
  }

  /** Puts eight bytes from that index on. */
  static void put(byte[] bytes, int at, long word) {
    WORD.set(bytes, at, word);
  }

  /**
   * The highest bit of the first byte that is this ASCII sign; 0 if there is none. Above it, bits
   * of bytes that are not may be set too.
   */
  static long find(long word, char sign) {
    long zero = word ^ (ONES * sign);
    return (zero - ONES) & ~zero & HIGHS;
  }

  /**
   * Whether all eight bytes are part of a plain string: neither a quote nor a backslash, and from
   * the space to the tilde. It may say no of eight that are.
   */
  static boolean isPlainText(long word) {
    long outside = (word | (word - ONES * ' ') | (word + ONES)) & HIGHS;
    return (outside | find(word, '"') | find(word, '\\')) == 0;
  }
}
