package io.creditledger.stripe.publish;

import io.creditledger.core.event.LedgerEvent;

/**
 * The ledger's input topics. What is published may be published again: an event's id and content
 * are the same each time, so the ledger knows it again.
 */
@FunctionalInterface
public interface LedgerInput {

  /**
   * Publishes an event and returns once the brokers have acknowledged it.
   *
   * @throws org.apache.kafka.common.KafkaException if they do not; it may have been written
   */
  void publish(LedgerEvent event) throws InterruptedException;
}
