package io.creditledger.streams.topology;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * An event's key as a number of {@value #BITS} bits, the same wherever and whenever it is computed.
 * Keys that differ may have one number.
 */
final class IdHash {

  /** How many bits it has. */
  static final int BITS = 38;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private IdHash() {}

  /** Of a key. */
  static long of(byte[] key) {
    return of(key, 0, key.length);
  }

  /** Of a key that stands amid other bytes. */
  static long of(byte[] bytes, int from, int length) {
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
    return mixed(mixed(hash ^ rest)) >>> (Long.SIZE - BITS);
  }

  private static long mixed(long hash) {
    long product = hash * MULTIPLIER;
    return product ^ product >>> 32;
  }
}
