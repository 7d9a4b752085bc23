package io.creditledger.core.event;

import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.util.Optional;

/** How much an event asks for: credits as they are, or a quantity for the meter to rate. */
public sealed interface Charge {

  /**
   * Already rated.
   *
   * @param unit absent: the meter's unit, or the catalog's default
   */
  record Rated(Credits credits, Optional<Unit> unit) implements Charge {}

  /** To be rated by the event's meter. */
  record Metered(Quantity quantity) implements Charge {}

  /** One event of a meter that counts events. */
  record Counted() implements Charge {}
}
