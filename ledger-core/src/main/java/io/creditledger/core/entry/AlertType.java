package io.creditledger.core.entry;

import java.util.Locale;
import java.util.Optional;

/** The kinds of alerts. */
public enum AlertType {
  /** At or below the low bound. */
  LOW,
  /** Nothing available. */
  DEPLETED,
  /** Above the low bound again. */
  RECOVERED,
  /** A grant ends before long. */
  EXPIRING_SOON,
  /** Credits are to be bought. */
  TOP_UP_REQUESTED,
  /** No more credits are bought by themselves. */
  TOP_UP_PAUSED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name on the wire: lower case. */
  public String wireName() {
    return wireName;
  }

  /** The type of that wire name, if there is one. */
  public static Optional<AlertType> ofWireName(String name) {
    for (AlertType type : values()) {
      if (type.wireName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
