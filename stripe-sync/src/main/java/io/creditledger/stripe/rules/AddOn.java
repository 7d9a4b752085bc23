package io.creditledger.stripe.rules;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Price;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.util.Optional;
import java.util.Set;

/**
 * Credits that may be bought once. Beside the objects named, a product or price whose metadata has
 * {@code credit_ledger_add_on} stands for the add-on it names.
 *
 * @param name what people are shown
 * @param credits how many one piece has
 * @param unit empty: the catalog's default
 * @param priority 0 to 100, lower burns first
 * @param lifetime from the payment; empty: for ever
 * @param products Stripe's ids
 * @param prices Stripe's ids
 * @param price of one piece, where Stripe is set up from here
 */
public record AddOn(
    String name,
    Credits credits,
    Optional<Unit> unit,
    int priority,
    Category category,
    Optional<IsoPeriod> lifetime,
    Set<String> products,
    Set<String> prices,
    Optional<Price> price) {

  /** The key of Stripe's metadata that names an add-on. */
  public static final String METADATA = "credit_ledger_add_on";

  private static final int PRIORITY_MAX = 100;

  /**
   * Copies the sets.
   *
   * @throws IllegalArgumentException if the credits are not above zero or the priority is none
   */
  public AddOn {
    if (!credits.isPositive()) {
      throw new IllegalArgumentException("credits is not above zero: " + credits);
    }
    if (priority < 0 || priority > PRIORITY_MAX) {
      throw new IllegalArgumentException("priority is not from 0 to 100: " + priority);
    }
    products = Set.copyOf(products);
    prices = Set.copyOf(prices);
  }
}
