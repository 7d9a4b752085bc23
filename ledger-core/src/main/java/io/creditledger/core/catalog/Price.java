package io.creditledger.core.catalog;

import java.math.BigDecimal;

/**
 * What one credit of a unit costs in money. Shown to customers; nothing is computed from it.
 *
 * @param amount zero or more, below 10<sup>18</sup>, at most 12 places, without trailing zeros
 * @param currency three lower-case letters, as Stripe writes ISO 4217 codes: {@code usd}
 */
public record Price(BigDecimal amount, String currency) {

  /**
   * Normalises the amount.
   *
   * @throws IllegalArgumentException if a field is not as promised
   */
  public Price {
    Violations violations = new Violations("price");
    amount = violations.checkDecimal("amount", amount);
    if (currency.length() != 3 || !currency.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      violations.add("currency", "is not three lower-case letters");
    }
    violations.refuseIfAny();
  }
}
