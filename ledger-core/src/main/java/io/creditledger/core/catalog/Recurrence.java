package io.creditledger.core.catalog;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * That a grant comes again, and how long it goes on.
 *
 * @param every the period, counted from the grant's anchor as {@link Schedule} does
 * @param rollover what becomes of the rest at each renewal; empty: nothing goes over
 * @param until no renewal at or after this moment; empty: no end
 * @param count how often it is granted in all, the first time included; above zero; empty: no end
 */
public record Recurrence(
    IsoPeriod every, Optional<Rollover> rollover, Optional<Instant> until, OptionalInt count) {

  /**
   * Checks the count.
   *
   * @throws IllegalArgumentException if it is not above zero
   */
  public Recurrence {
    if (count.isPresent() && count.getAsInt() <= 0) {
      Violations violations = new Violations("recurrence");
      violations.add("count", "is not above zero: " + count.getAsInt());
      violations.refuseIfAny();
    }
  }

  /** Again after each period, without end or rollover. */
  public static Recurrence every(IsoPeriod period) {
    return new Recurrence(period, Optional.empty(), Optional.empty(), OptionalInt.empty());
  }
}
