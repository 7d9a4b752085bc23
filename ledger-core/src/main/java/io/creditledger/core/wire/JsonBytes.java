package io.creditledger.core.wire;

import io.creditledger.core.entry.Hash;
import io.creditledger.core.event.InstantText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * JSON's scalars in UTF-8, appended to bytes that grow. Texts are escaped as Jackson does it: the
 * quote, the backslash, control characters and surrogates, nothing else. A hash is taken of these
 * bytes, so each value has one way to be written, for ever.
 *
 * <p>Written by hand because a decision writes many short texts, for which a general generator
 * looked up each field's name and made objects to be thrown away; docs/performance.md has the
 * figures.
 */
final class JsonBytes {

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX_LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** An escaped control character takes six bytes, and no character takes more. */
  private static final int BYTES_PER_CHAR_MAX = 6;

  private static final int DIGITS_MAX = 20;
  private static final int DIGITS_OF_LONG_MAX = 19;
  private static final int CREDIT_PLACES = 6;
  private static final long MICROS_PER_CREDIT = 1_000_000;

  private static final int ROOM_FIRST = 1_024;

  /** More than this is not kept for what is written next. */
  private static final int ROOM_KEPT = 64 << 10;

  /** Names recur in each object, so a few are kept as they are written; a power of two. */
  private static final int NAMES_KEPT = 512;

  private static final int NAME_BYTES_KEPT = 64;

  /**
   * Names of one hash are kept side by side: a few, for two that drove each other out would cost.
   */
  private static final int NEIGHBOURS = 4;

  /** Two digits of each number below 100. */
  private static final byte[] PAIRS = pairs();

  /** A member's name behind a comma and before its colon, as it stands in the text. */
  private static final class Name {
    private final String text;
    private final int length;

    /** With so many bytes behind it that it can be read by the word. */
    private final byte[] padded;

    Name(String text, byte[] written) {
      this.text = text;
      this.length = written.length;
      this.padded = Arrays.copyOf(written, written.length + Long.BYTES);
    }
  }

  private byte[] bytes = new byte[ROOM_FIRST];
  private int size;

  private final Name[] names = new Name[NAMES_KEPT];

  /** An event's times are often one and the same. */
  private Instant timeLast = Instant.EPOCH;

  private final byte[] timeWritten = new byte[InstantText.CHARS_MAX];
  private int timeChars = InstantText.write(timeLast, timeWritten, 0);

  int size() {
    return size;
  }

  /** What was written since there were so many bytes. */
  byte[] from(int start) {
    return Arrays.copyOfRange(bytes, start, size);
  }

  /** Forgets what was written since there were so many bytes. */
  void backTo(int start) {
    size = start;
    if (start == 0 && bytes.length > ROOM_KEPT) {
      bytes = new byte[ROOM_FIRST];
    }
  }

  /** A comma, unless an object or an array has just begun; no value ends in such a bracket. */
  void comma() {
    byte last = bytes[size - 1];
    if (last != '{' && last != '[') {
      sign(',');
    }
  }

  /** One character of JSON's own. */
  void sign(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  /** A member's name and the colon, behind a comma unless it is the first of its object. */
  void name(String text) {
    Name name = written(text);
    byte last = bytes[size - 1];
    int from = last == '{' || last == '[' ? 1 : 0;
    int length = name.length - from;
    reserve(length + Long.BYTES);
    // By the word, which is quicker than to the byte; what is too much will be written over.
    for (int i = 0; i < length; i += Long.BYTES) {
      Words.put(bytes, size + i, Words.get(name.padded, from + i));
    }
    size += length;
  }

  private Name written(String text) {
    int hash = text.hashCode();
    int free = hash & (NAMES_KEPT - 1);
    for (int i = 0; i < NEIGHBOURS; i++) {
      int slot = (hash + i) & (NAMES_KEPT - 1);
      Name kept = names[slot];
      if (kept == null) {
        free = slot;
        break;
      }
      if (kept.text.equals(text)) {
        return kept;
      }
    }
    return newName(text, free);
  }

  private Name newName(String text, int slot) {
    int start = size;
    sign(',');
    text(text);
    sign(':');
    Name name = new Name(text, from(start));
    size = start;
    if (name.length <= NAME_BYTES_KEPT) {
      names[slot] = name;
    }
    return name;
  }

  /** ASCII that stands in the text as it is. */
  void plain(String ascii) {
    int length = ascii.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
  }

  /** A whole number. */
  void number(long number) {
    reserve(DIGITS_MAX);
    digits(number);
  }

  /** A string. */
  void text(String text) {
    int length = text.length();
    reserve(length + 2);
    byte[] into = bytes;
    int at = size;
    into[at++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        size = at;
        escaped(text, i);
        sign('"');
        return;
      }
      into[at++] = (byte) c;
    }
    into[at] = '"';
    size = at + 1;
  }

  /** A whole number in quotes. */
  void numberText(long number) {
    reserve(DIGITS_MAX + 2);
    bytes[size++] = '"';
    digits(number);
    bytes[size++] = '"';
  }

  /** All 64 bits as 16 hexadecimal digits in quotes. */
  void bits(long bits) {
    reserve(Long.SIZE / 4 + 2);
    bytes[size++] = '"';
    for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
      bytes[size++] = HEX_LOWER[(int) (bits >>> shift) & 0xf];
    }
    bytes[size++] = '"';
  }

  /** A hash's text in quotes. */
  void hash(Hash hash) {
    reserve(Hash.CHARS + 2);
    bytes[size++] = '"';
    hash.writeText(bytes, size);
    size += Hash.CHARS;
    bytes[size++] = '"';
  }

  /** Millionths as the decimal of whole ones, in quotes; the text is that of an amount. */
  void amount(long micros) {
    reserve(DIGITS_MAX + CREDIT_PLACES);
    bytes[size++] = '"';
    long whole = micros / MICROS_PER_CREDIT;
    int fraction = (int) Math.abs(micros % MICROS_PER_CREDIT);
    if (micros < 0 && whole == 0) {
      bytes[size++] = '-';
    }
    digits(whole);
    if (fraction != 0) {
      int places = CREDIT_PLACES;
      while (fraction % 10 == 0) {
        fraction /= 10;
        places--;
      }
      bytes[size++] = '.';
      for (int i = size + places - 1; i >= size; i--) {
        bytes[i] = (byte) ('0' + fraction % 10);
        fraction /= 10;
      }
      size += places;
    }
    bytes[size++] = '"';
  }

  /** A time in quotes. */
  void time(Instant time) {
    if (!InstantText.isPlain(time)) {
      text(InstantText.of(time));
      return;
    }
    if (!time.equals(timeLast)) {
      timeChars = InstantText.write(time, timeWritten, 0);
      timeLast = time;
    }
    reserve(InstantText.CHARS_MAX + 2);
    bytes[size++] = '"';
    System.arraycopy(timeWritten, 0, bytes, size, timeChars);
    size += timeChars;
    bytes[size++] = '"';
  }

  private void digits(long number) {
    if (number == Long.MIN_VALUE) {
      plain(Long.toString(number));
      return;
    }
    long rest = number;
    if (number < 0) {
      bytes[size++] = '-';
      rest = -number;
    }
    int end = size + digitsOf(rest);
    int at = end;
    while (rest >= 100) {
      int pair = 2 * (int) (rest % 100);
      rest /= 100;
      bytes[--at] = PAIRS[pair + 1];
      bytes[--at] = PAIRS[pair];
    }
    int pair = 2 * (int) rest;
    bytes[--at] = PAIRS[pair + 1];
    if (rest >= 10) {
      bytes[--at] = PAIRS[pair];
    }
    size = end;
  }

  /** How many digits a number has, which is not below 0. */
  private static int digitsOf(long number) {
    int digits = 1;
    for (long bound = 10; digits < DIGITS_OF_LONG_MAX && number >= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  /** The rest of a string, from the first character that does not stand for itself. */
  private void escaped(String text, int from) {
    int length = text.length();
    reserve((length - from) * BYTES_PER_CHAR_MAX + 1);
    for (int i = from; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        escape(c);
      } else if (c < 0x80) {
        bytes[size++] = (byte) c;
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xc0 | (c >> 6));
        bytes[size++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        bytes[size++] = (byte) (0xe0 | (c >> 12));
        bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        bytes[size++] = (byte) (0x80 | (c & 0x3f));
      } else {
        hex(c);
      }
    }
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> pair(c);
      case '\b' -> pair('b');
      case '\t' -> pair('t');
      case '\n' -> pair('n');
      case '\f' -> pair('f');
      case '\r' -> pair('r');
      default -> hex(c);
    }
  }

  private void pair(char c) {
    bytes[size++] = '\\';
    bytes[size++] = (byte) c;
  }

  private void hex(char c) {
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
