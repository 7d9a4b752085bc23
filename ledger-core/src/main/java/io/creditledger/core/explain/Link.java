package io.creditledger.core.explain;

import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Another entry of the customer's that belongs to a usage.
 *
 * @param id of the event that became it; of a reservation, the reservation's
 * @param sequence of the entry
 * @param recordedAt absent where only the entry's number is known
 * @param credits what it is about: held, used, returned
 */
public record Link(
    Relation relation, EventId id, long sequence, Optional<Instant> recordedAt, Credits credits) {

  /** How the other entry belongs to the usage. */
  public enum Relation {
    /** It held the credits that the usage settles. */
    RESERVED_BY,
    /** It settled the reservation. */
    SETTLED_BY,
    /** It returned the reservation unused, because it was asked for. */
    RELEASED_BY,
    /** It returned the reservation unused, because it ran out. */
    LAPSED_BY,
    /** It undid the usage, or a part. */
    REVERSED_BY;

    /** The name on the wire, in lower case. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
