package io.creditledger.streams.projection;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Usage that has the same keys, and one unit.
 *
 * @param keys in the order asked for; absent where usage has none, such as no subscription
 * @param quantity of events that have one
 * @param credits all that it cost
 * @param reversed what was undone of it, whenever that was
 * @param overage the part of the cost that no grant covered and that is billed
 */
public record UsageSum(
    List<Optional<String>> keys,
    String unit,
    long events,
    Optional<BigDecimal> quantity,
    BigDecimal credits,
    BigDecimal reversed,
    BigDecimal overage) {

  public UsageSum {
    keys = List.copyOf(keys);
  }

  /** What remains of the cost: credits − reversed. */
  public BigDecimal net() {
    return credits.subtract(reversed);
  }
}
