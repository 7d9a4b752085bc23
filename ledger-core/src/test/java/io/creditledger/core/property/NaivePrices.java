package io.creditledger.core.property;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Aggregation;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.Rate;
import io.creditledger.core.event.Charge;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What usage costs, worked out on paper (rule 2). */
final class NaivePrices {

  record Cost(Unit unit, BigDecimal credits) {}

  private final Catalog catalog;
  private final Mistake mistake;

  NaivePrices(Catalog catalog, Mistake mistake) {
    this.catalog = catalog;
    this.mistake = mistake;
  }

  static BigDecimal amount(io.creditledger.core.money.Credits credits) {
    return BigDecimal.valueOf(credits.micros(), 6);
  }

  Cost cost(
      Charge charge, Optional<MeterName> meterName, Map<String, String> properties, Instant at) {
    Optional<Meter> meter = meterName.flatMap(catalog::meter);
    switch (charge) {
      case Charge.Rated rated -> {
        Unit unit = rated.unit().orElse(meter.map(Meter::unit).orElse(catalog.defaultUnit()));
        Refused.when(!catalog.units().containsKey(unit), Reason.UNIT_UNKNOWN);
        return new Cost(unit, amount(rated.credits()));
      }
      case Charge.Metered metered -> {
        Refused.when(!metered.quantity().isPositive(), Reason.AMOUNT_NOT_POSITIVE);
        return metered(metered.quantity().value(), meterName, meter, properties, at);
      }
      case Charge.Counted counted -> {
        Refused.when(
            meter.isPresent() && meter.get().aggregation() == Aggregation.SUM,
            Reason.FIELD_MISSING);
        return metered(BigDecimal.ONE, meterName, meter, properties, at);
      }
    }
  }

  private Cost metered(
      BigDecimal quantity,
      Optional<MeterName> meterName,
      Optional<Meter> meter,
      Map<String, String> properties,
      Instant at) {
    Refused.when(meterName.isEmpty(), Reason.METER_MISSING);
    Refused.when(meter.isEmpty(), Reason.METER_UNKNOWN);
    Rate rate = rate(meter.get(), properties, at);
    BigDecimal counted = meter.get().aggregation() == Aggregation.COUNT ? BigDecimal.ONE : quantity;
    BigDecimal packages =
        mistake == Mistake.PACKAGES_ROUND_UP
            ? counted.divide(rate.packageSize().value(), 0, RoundingMode.CEILING)
            : counted;
    BigDecimal divisor =
        mistake == Mistake.PACKAGES_ROUND_UP ? BigDecimal.ONE : rate.packageSize().value();
    RoundingMode rounding =
        mistake == Mistake.ROUNDS_HALF_UP ? RoundingMode.HALF_UP : RoundingMode.HALF_EVEN;
    return new Cost(
        meter.get().unit(),
        packages.multiply(rate.creditsPerPackage()).divide(divisor, 6, rounding));
  }

  /** Of the rates that apply the most specific, then the newest, then the first. */
  private static Rate rate(Meter meter, Map<String, String> properties, Instant at) {
    Rate best = null;
    for (Rate rate : meter.rates()) {
      boolean applies = rate.effectiveFrom().isEmpty() || !at.isBefore(rate.effectiveFrom().get());
      for (Map.Entry<String, String> wanted : rate.match().entrySet()) {
        applies &= wanted.getValue().equals(properties.get(wanted.getKey()));
      }
      if (applies && (best == null || better(rate, best))) {
        best = rate;
      }
    }
    Refused.when(best == null, Reason.RATE_MISSING);
    return best;
  }

  private static boolean better(Rate rate, Rate than) {
    int specific = Integer.compare(rate.match().size(), than.match().size());
    Instant from = rate.effectiveFrom().orElse(Instant.MIN);
    return specific > 0
        || (specific == 0 && from.isAfter(than.effectiveFrom().orElse(Instant.MIN)));
  }
}
