package io.creditledger.core.explain;

import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.RateChoice;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.util.List;

/** Where the credits of a usage come from. */
public sealed interface Pricing {

  /**
   * A quantity of a meter was rated.
   *
   * @param rates all of the meter's, in the order of the catalog; one of them applied
   */
  record Metered(Meter meter, Quantity quantity, Credits credits, List<RateChoice> rates)
      implements Pricing {
    public Metered {
      rates = List.copyOf(rates);
    }

    /** The rate that applied. */
    public RateChoice applied() {
      return rates.stream()
          .filter(rate -> rate.verdict() == RateChoice.Verdict.APPLIED)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no rate of " + meter.name() + " applied"));
    }
  }

  /** The event named credits, or, where a reservation was settled without any, all that it held. */
  record Given(Credits credits) implements Pricing {}
}
