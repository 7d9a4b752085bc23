package io.creditledger.core.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Appends values to bytes. Whole numbers take seven bits a byte, the lowest first, the highest bit
 * of a byte telling that more follow; texts are UTF-8 behind their length in bytes.
 */
final class BinaryWriter {

  private byte[] bytes;
  private int size;

  BinaryWriter(int sizeExpected) {
    bytes = new byte[sizeExpected];
  }

  byte[] written() {
    return Arrays.copyOf(bytes, size);
  }

  void octet(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** A number that is usually small and not negative; any number can be read back. */
  void number(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A number that is usually near zero, on either side. */
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  /** All 64 bits, for numbers that are never small. */
  void bits(long value) {
    reserve(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void text(String text) {
    raw(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes behind their number. */
  private void raw(byte[] value) {
    number(value.length);
    fixed(value);
  }

  /** Bytes whose number the reader knows. */
  void fixed(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  void time(Instant time) {
    signed(time.getEpochSecond());
    number(time.getNano());
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
