package io.creditledger.core.reservation;

import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.Texts;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Credits held for a task, pinned to the grants that will pay (rule 10).
 *
 * @param properties what the task is rated by, when it is settled with a quantity
 * @param quantity what was asked for, where it was rated by the meter
 * @param holds in burn order; what is not used returns from the last
 * @param expiresAt when it runs out by itself
 * @param sequence the entry that made it
 */
public record Reservation(
    EventId id,
    Unit unit,
    Dimensions dimensions,
    Map<String, String> properties,
    Optional<Quantity> quantity,
    List<Allocation> holds,
    Instant expiresAt,
    long sequence) {

  public Reservation {
    properties = Texts.copyOf(properties);
    holds = List.copyOf(holds);
  }

  /** All that is held. */
  public Credits credits() {
    Credits sum = Credits.ZERO;
    for (Allocation hold : holds) {
      sum = sum.plus(hold.amount());
    }
    return sum;
  }
}
