package io.creditledger.core.yaml;

import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the texts of fields. What is not as it should be is an {@link IllegalArgumentException}
 * with a message that follows the field's name.
 */
public final class YamlScalars {

  private static final int DATE_CHARS = "2026-12-01".length();
  private static final int WHOLE_DIGITS_MAX = 9;

  private YamlScalars() {}

  public static BigDecimal decimal(String text) {
    return Quantity.parse(text).value();
  }

  public static int wholeNumber(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(quoted(text) + " is not a whole number");
    }
    if (digits.length() > WHOLE_DIGITS_MAX) {
      throw new IllegalArgumentException(quoted(text) + " is out of range");
    }
    return Integer.parseInt(text);
  }

  public static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          quoted(text) + " is not an ISO 8601 duration such as PT15M or P35D", e);
    }
  }

  public static Instant instant(String text) {
    try {
      return text.length() == DATE_CHARS
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          quoted(text) + " is not a time such as 2026-12-01T00:00:00Z", e);
    }
  }

  /** Reads one of the names that an enumeration has on the wire. */
  public static <T> Function<String, T> oneOf(
      Function<String, Optional<T>> ofWireName, List<String> wireNames) {
    return text ->
        ofWireName
            .apply(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        quoted(text) + " is not one of " + listed(wireNames)));
  }

  public static String listed(Collection<?> names) {
    return names.stream()
        .map(name -> YamlProblems.shown(name.toString()))
        .collect(Collectors.joining(", "));
  }

  public static String quoted(String text) {
    return '"' + YamlProblems.shown(text) + '"';
  }
}
