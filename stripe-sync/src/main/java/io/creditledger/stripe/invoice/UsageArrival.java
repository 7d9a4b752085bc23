package io.creditledger.stripe.invoice;

import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Whether usage has arrived in Stripe. */
@FunctionalInterface
public interface UsageArrival {

  /** Whether everything that is known of the customer's usage before an instant was sent. */
  boolean isSent(Handle handle, CustomerId customer, Instant until);
}
