package io.creditledger.core.grant;

import io.creditledger.core.money.Quantity;

/**
 * What was paid for a grant, for deferred and recognised revenue.
 *
 * @param amount in the currency's major unit, not negative
 * @param currency ISO 4217, three lower-case letters
 */
public record CostBasis(Quantity amount, String currency) {

  public CostBasis {
    if (amount.isNegative()) {
      throw new IllegalArgumentException("cost_basis.amount is negative: " + amount);
    }
    if (currency.length() != 3 || !currency.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      throw new IllegalArgumentException(
          "cost_basis.currency is not three lower-case letters: " + currency);
    }
  }
}
