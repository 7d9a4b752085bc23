package io.creditledger.core.wire;

import io.creditledger.core.entry.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Appends values to bytes. Whole numbers take seven bits a byte, the lowest first, the highest bit
 * of a byte telling that more follow; texts are UTF-8 behind their length in bytes.
 */
final class BinaryWriter {

  private static final int ROOM_FIRST = 1_024;

  /** More than this is not kept for what is written next. */
  private static final int ROOM_KEPT = 64 << 10;

  /** A number takes at most so many bytes. */
  private static final int NUMBER_BYTES_MAX = 10;

  /** Each thread writes in the same room. */
  private static final ThreadLocal<BinaryWriter> OF_THREAD =
      ThreadLocal.withInitial(BinaryWriter::new);

  private byte[] bytes = new byte[ROOM_FIRST];
  private int size;

  private BinaryWriter() {}

  /** The bytes that are written of a value; its own writing has no other value written so. */
  static <T> byte[] write(T value, BiConsumer<BinaryWriter, T> body) {
    BinaryWriter out = OF_THREAD.get();
    out.size = 0;
    body.accept(out, value);
    byte[] written = Arrays.copyOf(out.bytes, out.size);
    if (out.bytes.length > ROOM_KEPT) {
      out.bytes = new byte[ROOM_FIRST];
    }
    return written;
  }

  void octet(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** A number that is usually small and not negative; any number can be read back. */
  void number(long value) {
    reserve(NUMBER_BYTES_MAX);
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
    int length = text.length();
    reserve(length + NUMBER_BYTES_MAX);
    int start = size;
    number(length);
    byte[] into = bytes;
    int at = size;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        size = start;
        raw(text.getBytes(StandardCharsets.UTF_8));
        return;
      }
      into[at++] = (byte) c;
    }
    size = at;
  }

  void hash(Hash hash) {
    reserve(Hash.SIZE);
    hash.copyTo(bytes, size);
    size += Hash.SIZE;
  }

  /** Bytes behind their number. */
  private void raw(byte[] value) {
    number(value.length);
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
