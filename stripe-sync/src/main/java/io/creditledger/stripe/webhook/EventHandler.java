package io.creditledger.stripe.webhook;

import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What some types of events mean. */
public interface EventHandler {

  /**
   * The types it knows. A thin event {@code v1.…} that nobody knows is given to whoever knows the
   * type without {@code v1.}, as a snapshot of the object as it is now.
   */
  Set<String> types();

  /**
   * Deals with an event. All it writes is written in the transaction, which ends with the event; it
   * has no effect elsewhere. It may be called again for the same event as long as it has not ended,
   * and is called for events in any order, also for two that tell the same.
   *
   * @throws io.creditledger.stripe.client.NotNowException if it is to be tried again later
   * @throws io.creditledger.stripe.client.CannotException if it never will succeed as it is
   */
  Handled handle(Handle transaction, StripeEvent event) throws InterruptedException;
}
