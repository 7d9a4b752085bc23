package io.creditledger.stripe.reconcile;

import io.creditledger.core.id.CustomerId;
import java.util.Comparator;

/**
 * What usage is added up by.
 *
 * @param eventName of the Stripe meter
 */
record MeterKey(CustomerId customer, String eventName) implements Comparable<MeterKey> {

  private static final Comparator<MeterKey> ORDER =
      Comparator.comparing((MeterKey key) -> key.customer().value())
          .thenComparing(MeterKey::eventName);

  @Override
  public int compareTo(MeterKey other) {
    return ORDER.compare(this, other);
  }
}
