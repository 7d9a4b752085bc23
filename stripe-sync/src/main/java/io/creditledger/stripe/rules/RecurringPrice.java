package io.creditledger.stripe.rules;

import io.creditledger.core.catalog.Price;

/** A price that is charged again and again. */
public record RecurringPrice(Price price, Every every) {

  /** How often. */
  public enum Every {
    /** Each day. */
    DAY,
    /** Each week. */
    WEEK,
    /** Each month. */
    MONTH,
    /** Each year. */
    YEAR
  }
}
