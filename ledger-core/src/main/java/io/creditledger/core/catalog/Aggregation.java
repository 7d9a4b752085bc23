package io.creditledger.core.catalog;

import java.util.Locale;
import java.util.Optional;

/** What a meter adds up. */
public enum Aggregation {
  /** The quantities that events carry. */
  SUM,
  /** The events themselves: each counts as 1, whatever quantity it carries, if any. */
  COUNT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name on the wire: lower case. */
  public String wireName() {
    return wireName;
  }

  /** The aggregation of this exact wire name, or empty if there is none. */
  public static Optional<Aggregation> ofWireName(String wireName) {
    return WireNames.find(values(), Aggregation::wireName, wireName);
  }
}
