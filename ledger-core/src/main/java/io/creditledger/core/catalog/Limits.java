package io.creditledger.core.catalog;

import java.time.Duration;

/**
 * How long the ledger waits, holds and remembers.
 *
 * @param usageAgeMax usage that occurred longer than this before it was recorded is refused
 * @param usageAheadMax usage that occurred further than this after it was recorded is refused
 * @param expiryGrace how long after a grant's {@code expires_at} its remainder is taken
 * @param reservationTtl how long a reservation lives that names no time itself; not zero
 * @param reservationTtlMax the longest time a reservation may ask for; at least {@code
 *     reservationTtl}
 * @param idRetention how long the ids of usage are remembered; at least {@code usageAgeMax}, or a
 *     late duplicate would be applied twice
 */
public record Limits(
    Duration usageAgeMax,
    Duration usageAheadMax,
    Duration expiryGrace,
    Duration reservationTtl,
    Duration reservationTtlMax,
    Duration idRetention) {

  private static final Duration LONGEST = Duration.ofDays(3660);

  /** What holds where a catalog says nothing: 35 days, 5 minutes, none, 15 minutes, a day. */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofDays(35),
          Duration.ofMinutes(5),
          Duration.ZERO,
          Duration.ofMinutes(15),
          Duration.ofHours(24),
          Duration.ofDays(35));

  /**
   * Checks each duration and how they fit together.
   *
   * @throws IllegalArgumentException if one is negative or above 3,660 days, {@code reservationTtl}
   *     is zero or above its maximum, or ids would be forgotten before usage is too old
   */
  public Limits {
    Violations violations = new Violations("limits");
    check(violations, "usage_max_age", usageAgeMax);
    check(violations, "usage_max_ahead", usageAheadMax);
    check(violations, "expiry_grace", expiryGrace);
    check(violations, "reservation_ttl", reservationTtl);
    check(violations, "reservation_ttl_max", reservationTtlMax);
    check(violations, "id_retention", idRetention);
    if (reservationTtl.isZero()) {
      violations.add("reservation_ttl", "is zero");
    }
    if (reservationTtl.compareTo(reservationTtlMax) > 0) {
      violations.add("reservation_ttl", "is above reservation_ttl_max: " + reservationTtl);
    }
    if (idRetention.compareTo(usageAgeMax) < 0) {
      violations.add("id_retention", "is below usage_max_age: " + idRetention);
    }
    violations.refuseIfAny();
  }

  /**
   * How long an id has to be known after its event was recorded, so that no event that is still
   * taken can be applied twice: an event may have occurred as much as {@code usageAheadMax} after
   * it was recorded, and is too old only that much later.
   */
  public Duration idMemory() {
    return idRetention.plus(usageAheadMax);
  }

  private static void check(Violations violations, String field, Duration value) {
    if (value.isNegative()) {
      violations.add(field, "is negative: " + value);
    } else if (value.compareTo(LONGEST) > 0) {
      violations.add(field, "is above " + LONGEST.toDays() + " days: " + value);
    }
  }
}
