package io.creditledger.streams.webhook;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What operators see and do of webhooks, on any instance. Everything but a test throws {@link
 * WebhooksUnavailableException} while the database cannot be reached.
 */
public interface WebhookAccess {

  /** Every endpoint that is set up or has deliveries, by name. */
  List<EndpointStatus> endpoints();

  /**
   * Deliveries, newest first.
   *
   * @param before only those with a smaller id
   * @param limit at most so many
   */
  List<Delivery> deliveries(DeliveryFilter filter, OptionalLong before, int limit);

  /**
   * Makes one due now: what was given up or delivered is sent again under the same id, what is
   * pending does not wait for its time.
   */
  Redelivery redeliver(long delivery);

  /** Sends again all that was given up for an endpoint; how many, if there is such an endpoint. */
  OptionalInt redeliverDead(String endpoint);

  /** Sends one test event at once, outside every queue; empty if there is no such endpoint. */
  Optional<AttemptResult> test(String endpoint);
}
