package io.creditledger.core.catalog;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a catalog is not as its type promises. Tells everything that is wrong with the part.
 */
public final class InvalidCatalogException extends IllegalArgumentException {

  private final List<Violation> violations;

  InvalidCatalogException(String part, List<Violation> violations) {
    super(
        violations.stream()
            .map(violation -> place(part, violation.field()) + " " + violation.message())
            .collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** Everything that is wrong with the part, in order of its fields; at least one. */
  public List<Violation> violations() {
    return violations;
  }

  private static String place(String part, String field) {
    return field.isEmpty() ? part : part + "." + field;
  }
}
