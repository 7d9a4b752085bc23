package io.creditledger.core.wire;

import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the texts of a catalog's fields. What is not as it should be is an {@link
 * IllegalArgumentException} with a message that follows the field's name.
 */
final class YamlScalars {

  private static final int DATE_CHARS = "2026-12-01".length();
  private static final int WHOLE_DIGITS_MAX = 9;

  private YamlScalars() {}

  static BigDecimal decimal(String text) {
    return Quantity.parse(text).value();
  }

  static int wholeNumber(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(quoted(text) + " is not a whole number");
    }
    if (digits.length() > WHOLE_DIGITS_MAX) {
      throw new IllegalArgumentException(quoted(text) + " is out of range");
    }
    return Integer.parseInt(text);
  }

  static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          quoted(text) + " is not an ISO 8601 duration such as PT15M or P35D", e);
    }
  }

  static Instant instant(String text) {
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
  static <T> Function<String, T> oneOf(
      Function<String, Optional<T>> ofWireName, List<String> wireNames) {
    return text ->
        ofWireName
            .apply(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        quoted(text) + " is not one of " + listed(wireNames)));
  }

  /** The mapping {@code {policy: …, limit: …}}, or the policy's name alone. */
  static Optional<OverdraftPolicy> overdraft(YamlValue value) {
    Function<String, Overdraft> policy =
        oneOf(
            Overdraft::ofWireName,
            List.of(Overdraft.values()).stream().map(Overdraft::wireName).toList());
    if (value.isScalar()) {
      return value.as(policy).map(OverdraftPolicy::of);
    }
    return value
        .fields()
        .flatMap(
            fields -> {
              Overdraft overdraft = fields.requiredAs("policy", policy, Overdraft.BILL);
              Optional<Credits> limit = fields.as("limit", Credits::parse);
              return fields.build(() -> new OverdraftPolicy(overdraft, limit));
            });
  }

  /** The unit that a mapping names, which must be one that the catalog has; else the default. */
  static Unit unit(YamlFields fields, Set<Unit> units, Unit defaultUnit) {
    Optional<YamlValue> value = fields.field("unit");
    Optional<Unit> unit = value.flatMap(text -> text.as(Unit::new));
    unit.filter(named -> !units.contains(named))
        .ifPresent(
            named -> value.get().refuse("is not one of the units: " + YamlScalars.listed(units)));
    return unit.orElse(defaultUnit);
  }

  static String listed(Collection<?> names) {
    return names.stream()
        .map(name -> CatalogProblems.shown(name.toString()))
        .collect(Collectors.joining(", "));
  }

  static String quoted(String text) {
    return '"' + CatalogProblems.shown(text) + '"';
  }
}
