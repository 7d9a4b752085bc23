package io.creditledger.stripe.usage;

import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Whether usage has left. */
public final class SentUsage {

  private SentUsage() {}

  /**
   * Whether all that is known of a customer's usage before an instant was sent, as far as Stripe is
   * to have it: no window waits to be cut and no event to be sent.
   */
  public static boolean isSent(Handle handle, CustomerId customer, Instant until) {
    return handle
        .createQuery(
            "select not exists (select 1 from usage_window where customer = :customer"
                + " and window_start < :until and due_at is not null)"
                + " and not exists (select 1 from meter_event where customer = :customer"
                + " and window_start < :until and state = 'pending')")
        .bind("customer", customer.value())
        .bind("until", until)
        .mapTo(boolean.class)
        .one();
  }
}
