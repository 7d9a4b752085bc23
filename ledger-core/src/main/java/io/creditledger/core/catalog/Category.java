package io.creditledger.core.catalog;

import java.util.Locale;
import java.util.Optional;

/** How a grant came about. Promotional credits burn before paid ones that are otherwise equal. */
public enum Category {
  /** Bought, or part of a plan that is paid for. */
  PAID,
  /** Given away. */
  PROMOTIONAL;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name on the wire: lower case. */
  public String wireName() {
    return wireName;
  }

  /** The category of this exact wire name, or empty if there is none. */
  public static Optional<Category> ofWireName(String wireName) {
    return WireNames.find(values(), Category::wireName, wireName);
  }
}
