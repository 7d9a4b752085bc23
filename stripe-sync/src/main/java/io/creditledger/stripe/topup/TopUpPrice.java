package io.creditledger.stripe.topup;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Price;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.rules.AddOn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What credits cost when they are bought by themselves.
 *
 * @param addOn the add-on they are bought as, by the operator's name for it
 */
record TopUpPrice(Money money, Optional<String> addOn) {

  private static final int CREDIT_PLACES = 6;

  /**
   * The price: an add-on's of exactly as many credits, or else so many times the catalog's price of
   * one, half a cent rounded up. Empty if there is neither, or it comes to nothing.
   */
  static Optional<TopUpPrice> of(
      Unit unit, Credits credits, Map<String, AddOn> addOns, Catalog catalog) {
    return addOn(unit, credits, addOns, catalog)
        .or(() -> each(unit, credits, catalog))
        .filter(price -> price.money().minor() > 0);
  }

  private static Optional<TopUpPrice> addOn(
      Unit unit, Credits credits, Map<String, AddOn> addOns, Catalog catalog) {
    return new TreeMap<>(addOns)
        .entrySet().stream()
            .filter(entry -> entry.getValue().credits().equals(credits))
            .filter(entry -> entry.getValue().unit().orElse(catalog.defaultUnit()).equals(unit))
            .flatMap(
                entry ->
                    entry.getValue().price().stream()
                        .map(
                            price ->
                                new TopUpPrice(
                                    money(price, BigDecimal.ONE), Optional.of(entry.getKey()))))
            .findFirst();
  }

  private static Optional<TopUpPrice> each(Unit unit, Credits credits, Catalog catalog) {
    return Optional.ofNullable(catalog.units().get(unit))
        .flatMap(UnitInfo::price)
        .map(
            price ->
                new TopUpPrice(
                    money(price, BigDecimal.valueOf(credits.micros(), CREDIT_PLACES)),
                    Optional.empty()));
  }

  private static Money money(Price price, BigDecimal times) {
    return Money.of(price.amount().multiply(times), price.currency(), RoundingMode.HALF_UP);
  }
}
