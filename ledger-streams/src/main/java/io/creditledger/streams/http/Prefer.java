package io.creditledger.streams.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a write's {@code Prefer} header (RFC 7240) asks for.
 *
 * @param patience how long to wait for the outcome; zero: not at all
 */
record Prefer(Duration patience) {

  private static final int SECONDS_MAX = 30;

  /** To wait as long as whoever depends on the outcome and names no time does. */
  static final Prefer AWAIT = new Prefer(Duration.ofSeconds(10));

  /** Not to wait. */
  static final Prefer NOTHING = new Prefer(Duration.ZERO);

  /**
   * Reads the values of all {@code Prefer} headers. Preferences other than {@code wait} are ignored
   * as the RFC has it.
   *
   * @throws ProblemException if {@code wait} is not a number from 0 to 30
   */
  static Prefer parse(List<String> values) {
    Prefer prefer = NOTHING;
    for (String value : values) {
      for (String preference : value.split(",", -1)) {
        String text = preference.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("wait=") || text.equals("wait")) {
          prefer = new Prefer(Duration.ofSeconds(seconds(text)));
        }
      }
    }
    return prefer;
  }

  private static int seconds(String text) {
    String digits = text.substring(Math.min(text.length(), "wait=".length())).strip();
    if (digits.matches("\\d{1,2}") && Integer.parseInt(digits) <= SECONDS_MAX) {
      return Integer.parseInt(digits);
    }
    throw Problem.of(ErrorCode.PREFER_INVALID, "Prefer", "wait is not a number from 0 to 30")
        .exception();
  }

  /** This, or the other where this is not to wait. */
  Prefer orElse(Prefer other) {
    return waits() ? this : other;
  }

  boolean waits() {
    return !patience.isZero();
  }

  /** An answer that says that the preference was honoured, if there was one. */
  Reply applied(Reply reply) {
    return waits() ? reply.with("Preference-Applied", "wait=" + patience.toSeconds()) : reply;
  }
}
