package io.creditledger.streams.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Keys as text between two lines, as every other tool reads and writes them. */
final class Pem {

  private Pem() {}

  static String text(String label, byte[] bytes) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + label
        + "-----\n"
        + lines.encodeToString(bytes)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /**
   * The bytes of such a text.
   *
   * @throws IllegalArgumentException if it is none of that label
   */
  static byte[] bytes(String label, String text) {
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no " + label);
    }
    return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
  }
}
