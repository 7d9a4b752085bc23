package io.creditledger.stripe.period;

import io.creditledger.core.id.CustomerId;
import java.time.Instant;

/**
 * One period of a subscription: usage in [{@code startsAt}, {@code endsAt}) belongs on one invoice.
 *
 * @param subscription Stripe's id
 */
public record BillingPeriod(
    CustomerId customer, String subscription, Instant startsAt, Instant endsAt) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException unless it starts before it ends
   */
  public BillingPeriod {
    if (!startsAt.isBefore(endsAt)) {
      throw new IllegalArgumentException(
          "a period of " + subscription + " starts at " + startsAt + " and ends at " + endsAt);
    }
  }
}
