package io.creditledger.stripe.usage;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.stripe.rules.MeterRule.Measure;
import io.creditledger.stripe.rules.MeterRule.Send;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/**
 * One usage that counts in a window, and what was reversed of it since.
 *
 * @param usage the id a reversal names: the usage's, or the settled reservation's
 * @param quantity absent where the usage was reported in credits
 * @param credits what it cost
 * @param overage the part of that which no grant covered and which is billed
 * @param reversed how much of the credits was undone
 * @param cancelled how much of the overage was undone
 */
public record UsageLine(
    EventId usage,
    MeterWindow window,
    Instant occurredAt,
    Basis basis,
    Optional<Quantity> quantity,
    Credits credits,
    Credits overage,
    Credits reversed,
    Credits cancelled,
    Instant recordedAt) {

  /** What a reversal names. */
  public record Key(CustomerId customer, EventId usage) {}

  private static final int CREDIT_PLACES = 6;

  /** The ledger's quantities have no more places. */
  private static final int QUANTITY_PLACES = 12;

  /**
   * Checks that it can be counted.
   *
   * @throws IllegalArgumentException if it is to be counted in quantity and has none
   */
  public UsageLine {
    if (basis.measure() == Measure.QUANTITY && quantity.isEmpty()) {
      throw new IllegalArgumentException("usage " + usage + " has no quantity to be counted");
    }
  }

  /** What it is known by. */
  public Key key() {
    return new Key(window.customer(), usage);
  }

  /**
   * What it counts: credits exactly; a part of a quantity in proportion to the credits, rounded
   * half-even at 12 places.
   */
  public BigDecimal counted() {
    Credits part =
        switch (basis.send()) {
          case ALL -> credits.minus(reversed);
          case OVERAGE -> overage.minus(cancelled);
          case NONE -> Credits.ZERO;
        };
    return switch (basis.measure()) {
      case CREDITS -> BigDecimal.valueOf(part.micros(), CREDIT_PLACES);
      case QUANTITY -> share(quantity.orElseThrow().value(), part);
    };
  }

  private BigDecimal share(BigDecimal whole, Credits part) {
    if (credits.isZero()) {
      // Usage that costs nothing has no overage, and nothing of it can be reversed.
      return basis.send() == Send.ALL ? whole : BigDecimal.ZERO;
    }
    return part.equals(credits)
        ? whole
        : whole
            .multiply(BigDecimal.valueOf(part.micros()))
            .divide(BigDecimal.valueOf(credits.micros()), QUANTITY_PLACES, RoundingMode.HALF_EVEN);
  }

  /** The same with more of it undone. */
  public UsageLine less(Credits undone, Credits undoneOverage) {
    return new UsageLine(
        usage,
        window,
        occurredAt,
        basis,
        quantity,
        credits,
        overage,
        reversed.plus(undone),
        cancelled.plus(undoneOverage),
        recordedAt);
  }

  /** The same in another window. */
  UsageLine in(MeterWindow other) {
    return new UsageLine(
        usage,
        other,
        occurredAt,
        basis,
        quantity,
        credits,
        overage,
        reversed,
        cancelled,
        recordedAt);
  }
}
