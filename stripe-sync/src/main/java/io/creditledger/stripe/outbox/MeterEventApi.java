package io.creditledger.stripe.outbox;

import java.util.List;

/** One of Stripe's ways to take meter events. Safe for several threads. */
public interface MeterEventApi {

  /**
   * An event with the customer it is for.
   *
   * @param stripeCustomer Stripe's id
   */
  record Addressed(MeterEvent event, String stripeCustomer) {}

  /** At most so many events are sent at once. */
  int eventsPerCallMax();

  /**
   * Sends events in one call.
   *
   * @param events at least one, at most {@link #eventsPerCallMax}
   * @return what came of the call, and so of each event in it
   */
  SendOutcome send(List<Addressed> events) throws InterruptedException;
}
