package io.creditledger.stripe.setup;

import io.creditledger.stripe.rules.MeterRule;
import io.creditledger.stripe.rules.RecurringPrice.Every;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Something that is to be in Stripe. */
public sealed interface Wanted {

  /** By what it is found again: a meter's event name, a product's id, a price's lookup key. */
  String key();

  /** A meter. */
  record Meter(String key, String displayName, MeterRule.Aggregation aggregation)
      implements Wanted {}

  /**
   * A product.
   *
   * @param metadata by which its payments are understood
   */
  record Product(String key, String name, Map<String, String> metadata) implements Wanted {}

  /**
   * A price.
   *
   * @param product the product's id
   * @param minorUnits in the currency's smallest unit, such as cents
   * @param recurs how
   */
  record Price(String key, String product, String currency, BigDecimal minorUnits, Recurs recurs)
      implements Wanted {}

  /** How a price recurs. */
  sealed interface Recurs {
    /** It is charged once. */
    record Once() implements Recurs {}

    /** It is charged for each period. */
    record Licensed(Every every) implements Recurs {}

    /** It is charged each month for what a meter measured; the meter by its event name. */
    record Metered(String eventName) implements Recurs {}
  }

  /** What was found or done about something that is wanted. */
  record Result(String kind, String key, Optional<String> id, Outcome outcome, String detail) {}

  /** How it went. */
  enum Outcome {
    /** It was made. */
    CREATED,
    /** It was there. */
    PRESENT,
    /** It is there, but otherwise, and Stripe lets nobody change it: an operator has to decide. */
    DIFFERENT,
    /** Stripe refused it, or did not answer. */
    FAILED
  }
}
