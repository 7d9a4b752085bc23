package io.creditledger.streams.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding (RFC 3986), strictly: what is not UTF-8 is refused, never replaced. */
final class Percent {

  private Percent() {}

  /** What may stand in a path or query as it is; a percent sign begins an escape already made. */
  private static final String KEPT = "-._~:/?@!$&'()*+,;=%";

  /** A path or query with everything encoded that a URI may not hold, and escapes left alone. */
  static String encodeRest(String raw) {
    StringBuilder uri = new StringBuilder(raw.length() + 8);
    for (byte one : raw.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0)) {
        uri.append(c);
      } else {
        uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
      }
    }
    return uri.toString();
  }

  /**
   * The text that was encoded.
   *
   * @throws ProblemException if an escape is cut short, not hexadecimal, or the bytes are not UTF-8
   */
  static String decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    byte[] text = encoded.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(text.length);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '%') {
        int value = i + 2 < text.length ? 16 * Character.digit(text[i + 1], 16) : Integer.MIN_VALUE;
        int low = i + 2 < text.length ? Character.digit(text[i + 2], 16) : -1;
        if (value < 0 || low < 0) {
          throw Problem.of(ErrorCode.PATH_INVALID, "a percent sign begins no escape").exception();
        }
        bytes.put((byte) (value + low));
        i += 2;
      } else {
        bytes.put(text[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw Problem.of(ErrorCode.PATH_INVALID, "an escape is not UTF-8").exception();
    }
  }
}
