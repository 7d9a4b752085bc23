package io.creditledger.streams.http;

import io.creditledger.core.account.Fate;
import java.util.Locale;
import java.util.Optional;

/** What became of a reservation, as the API says it. */
enum ReservationState {
  OPEN,
  SETTLED,
  RELEASED,
  EXPIRED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  String wireName() {
    return wireName;
  }

  /** The state of what an id remembers, if it was a reservation's. */
  static Optional<ReservationState> of(Fate fate) {
    return switch (fate) {
      case NONE -> Optional.empty();
      case HELD -> Optional.of(OPEN);
      case SETTLED -> Optional.of(SETTLED);
      case RELEASED -> Optional.of(RELEASED);
      case EXPIRED -> Optional.of(EXPIRED);
    };
  }
}
