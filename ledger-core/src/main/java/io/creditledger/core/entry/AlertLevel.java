package io.creditledger.core.entry;

import java.util.Locale;
import java.util.Optional;

/** How a balance stood when it was last looked at for alerts. */
public enum AlertLevel {
  /** Nothing was ever available, so nothing can have run out. */
  UNFUNDED,
  /** Above the low bound. */
  FINE,
  /** At or below the low bound, with something left. */
  LOW,
  /** Nothing available. */
  DEPLETED;

  /** The name on the wire, in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The level of that wire name, if there is one. */
  public static Optional<AlertLevel> ofWireName(String name) {
    for (AlertLevel level : values()) {
      if (level.wireName().equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
