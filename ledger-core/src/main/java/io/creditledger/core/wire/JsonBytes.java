package io.creditledger.core.wire;

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

  /** An escaped control character takes six bytes, and no character takes more. */
  private static final int BYTES_PER_CHAR_MAX = 6;

  private static final int DIGITS_MAX = 20;
  private static final int CREDIT_PLACES = 6;
  private static final long MICROS_PER_CREDIT = 1_000_000;

  private static final int ROOM_FIRST = 1_024;

  /** More than this is not kept for what is written next. */
  private static final int ROOM_KEPT = 64 << 10;

  private byte[] bytes = new byte[ROOM_FIRST];
  private int size;

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

  /** The byte written last. */
  byte last() {
    return bytes[size - 1];
  }

  /** One character of JSON's own. */
  void sign(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
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
    bytes[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        escaped(text, i);
        break;
      }
      bytes[size++] = (byte) c;
    }
    sign('"');
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
    if (!Times.isPlain(time)) {
      text(Times.text(time));
      return;
    }
    reserve(Times.CHARS_MAX + 2);
    bytes[size++] = '"';
    size = Times.write(time, bytes, size);
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
    int end = size + 1;
    for (long left = rest; left >= 10; left /= 10) {
      end++;
    }
    for (int i = end - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size = end;
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
