package io.creditledger.core.event;

import java.util.Locale;
import java.util.Optional;

/** How a top-up request ended without a grant. */
public enum TopUpOutcome {
  /** It was tried and did not succeed; it counts towards the rule's pause. */
  FAILED,
  /** It was called off; it counts for nothing. */
  CANCELLED;

  /** The name on the wire, in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outcome of that wire name, if there is one. */
  public static Optional<TopUpOutcome> ofWireName(String name) {
    for (TopUpOutcome outcome : values()) {
      if (outcome.wireName().equals(name)) {
        return Optional.of(outcome);
      }
    }
    return Optional.empty();
  }
}
