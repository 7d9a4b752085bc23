package io.creditledger.stripe.publish;

import io.creditledger.core.id.CustomerId;

/** The topic of alerts, for what Stripe has to tell there. */
@FunctionalInterface
public interface LedgerAlerts extends AutoCloseable {

  /**
   * Publishes an alert and returns once the brokers have acknowledged it.
   *
   * @throws org.apache.kafka.common.KafkaException if they do not; it may have been written
   */
  void publish(CustomerId customer, byte[] json) throws InterruptedException;

  /** Closes what it needs. */
  @Override
  default void close() {}
}
