package io.creditledger.core.scenario;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as scenarios write them: RFC 3339, or without an offset, or a date; the latter in UTC. */
final class TimeText {

  private TimeText() {}

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static Instant parse(String text) {
    String normal = text.indexOf(' ') == 10 ? text.replace(' ', 'T') : text;
    try {
      if (normal.indexOf('T') < 0) {
        return LocalDate.parse(normal).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      boolean hasOffset =
          normal.endsWith("Z") || normal.endsWith("z") || normal.matches(".*[+-]\\d\\d:\\d\\d");
      return hasOffset
          ? OffsetDateTime.parse(normal).toInstant()
          : LocalDateTime.parse(normal).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          '"' + text + "\" is not a time such as 2025-01-31T09:30:00Z, nor a date", e);
    }
  }
}
