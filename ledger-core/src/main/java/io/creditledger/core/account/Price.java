package io.creditledger.core.account;

import io.creditledger.core.catalog.Aggregation;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.Rated;
import io.creditledger.core.catalog.Rating;
import io.creditledger.core.event.Charge;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.util.Map;
import java.util.Optional;

/** What a charge costs, or why it cannot be said. */
sealed interface Price {

  /** So many credits. */
  record Of(Unit unit, Credits credits, Optional<Quantity> quantity) implements Price {}

  /** No price. */
  record None(Decision.Rejected refusal) implements Price {}

  /** The price of a charge at the time it occurred; the credits may be zero or negative. */
  static Price of(Case of, Dimensions dimensions, Charge charge, Map<String, String> properties) {
    return switch (charge) {
      case Charge.Rated rated -> rated(of, dimensions, rated);
      case Charge.Metered metered ->
          metered.quantity().isPositive()
              ? measured(of, dimensions, Optional.of(metered.quantity()), properties)
              : refused(
                  of,
                  Reason.AMOUNT_NOT_POSITIVE,
                  "quantity is not positive: " + metered.quantity());
      case Charge.Counted counted -> measured(of, dimensions, Optional.empty(), properties);
    };
  }

  private static Price rated(Case of, Dimensions dimensions, Charge.Rated rated) {
    Unit unit =
        rated
            .unit()
            .or(() -> dimensions.meter().flatMap(of.catalog()::meter).map(Meter::unit))
            .orElse(of.catalog().defaultUnit());
    if (!of.catalog().units().containsKey(unit)) {
      return refused(of, Reason.UNIT_UNKNOWN, "no unit \"" + unit + "\"");
    }
    return new Of(unit, rated.credits(), Optional.empty());
  }

  private static Price measured(
      Case of, Dimensions dimensions, Optional<Quantity> given, Map<String, String> properties) {
    if (dimensions.meter().isEmpty()) {
      return refused(of, Reason.METER_MISSING, "a quantity needs a meter");
    }
    MeterName name = dimensions.meter().get();
    Optional<Meter> meter = of.catalog().meter(name);
    if (meter.isEmpty()) {
      return refused(
          of,
          Reason.METER_UNKNOWN,
          "no meter \"" + name + "\" in catalog " + of.catalog().version());
    }
    if (given.isEmpty() && meter.get().aggregation() == Aggregation.SUM) {
      return refused(of, Reason.FIELD_MISSING, "quantity is missing: meter \"" + name + "\" sums");
    }
    Quantity quantity = given.orElse(Quantity.ONE);
    Optional<Rated> rated = Rating.rate(meter.get(), quantity, properties, of.occurredAt());
    if (rated.isEmpty()) {
      return refused(
          of,
          Reason.RATE_MISSING,
          "no rate of meter \"" + name + "\" applies at " + of.occurredAt() + " to " + properties);
    }
    return new Of(meter.get().unit(), rated.get().credits(), Optional.of(quantity));
  }

  private static Price refused(Case of, Reason reason, String detail) {
    return new None(of.rejected(reason, detail));
  }
}
