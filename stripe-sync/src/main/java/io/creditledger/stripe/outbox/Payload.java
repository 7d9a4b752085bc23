package io.creditledger.stripe.outbox;

import java.math.BigDecimal;

/** What an event carries, under the keys that a meter reads unless it was set up otherwise. */
final class Payload {

  static final String CUSTOMER = "stripe_customer_id";
  static final String VALUE = "value";

  private Payload() {}

  /** The shortest plain decimal. */
  static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
