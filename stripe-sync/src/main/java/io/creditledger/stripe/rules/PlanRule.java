package io.creditledger.stripe.rules;

import java.util.Optional;
import java.util.Set;

/**
 * Which of Stripe's objects stand for a plan of the catalog. Beside these, a product or price whose
 * metadata has {@code credit_ledger_plan} stands for the plan it names.
 *
 * @param products Stripe's ids
 * @param prices Stripe's ids
 * @param price the subscription's price, where Stripe is set up from here
 */
public record PlanRule(Set<String> products, Set<String> prices, Optional<RecurringPrice> price) {

  /** The key of Stripe's metadata that names a plan. */
  public static final String METADATA = "credit_ledger_plan";

  /** Copies the sets. */
  public PlanRule {
    products = Set.copyOf(products);
    prices = Set.copyOf(prices);
  }
}
