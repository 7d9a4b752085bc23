package io.creditledger.streams.webhook;

import java.util.Locale;
import java.util.Optional;

/** How far a delivery has come. */
public enum DeliveryState {
  /** It is still to be taken. */
  PENDING,
  /** The receiver has taken it. */
  DELIVERED,
  /** It was given up; it is sent again when somebody asks for it. */
  DEAD;

  /** The name on the wire and in the database, in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that wire name, if there is one. */
  public static Optional<DeliveryState> ofWireName(String name) {
    for (DeliveryState state : values()) {
      if (state.wireName().equals(name)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
