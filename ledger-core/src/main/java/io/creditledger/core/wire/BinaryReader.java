package io.creditledger.core.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** The reverse of {@link BinaryWriter}. Whatever cannot be read throws, naming the place. */
final class BinaryReader {

  private final byte[] bytes;
  private int at;

  BinaryReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int octet() {
    need(1);
    return bytes[at++] & 0xff;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      need(1);
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged("a number has more than 64 bits");
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  long bits() {
    need(Long.BYTES);
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    return value;
  }

  /** How many of something follow, each of which takes at least one byte. */
  int count() {
    long count = number();
    if (count < 0 || count > bytes.length - at) {
      throw damaged("a count is larger than what follows: " + count);
    }
    return (int) count;
  }

  /** A number that is an {@code int}. */
  int small() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw damaged("a number is out of range: " + value);
    }
    return (int) value;
  }

  String text() {
    int length = count();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  byte[] fixed(int length) {
    need(length);
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  Instant time() {
    long seconds = signed();
    return Instant.ofEpochSecond(seconds, number());
  }

  /** Refuses bytes after the last value. */
  void end() {
    if (at != bytes.length) {
      throw damaged((bytes.length - at) + " bytes follow the end");
    }
  }

  IllegalStateException damaged(String what) {
    return new IllegalStateException(what + ", at byte " + at + " of " + bytes.length);
  }

  private void need(int more) {
    if (more > bytes.length - at) {
      throw damaged("the end is missing");
    }
  }
}
