package io.creditledger.stripe.publish;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** The topic itself. */
public final class KafkaLedgerAlerts implements LedgerAlerts {

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final InstantSource clock;

  /**
   * Publishes with a producer, which is closed with this.
   *
   * @param producer acknowledged by all, idempotent
   */
  public KafkaLedgerAlerts(Producer<byte[], byte[]> producer, Topics topics, InstantSource clock) {
    this.producer = producer;
    this.topic = topics.name(Topics.ALERTS);
    this.clock = clock;
  }

  @Override
  public void publish(CustomerId customer, byte[] json) throws InterruptedException {
    byte[] key = customer.value().getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(topic, null, clock.millis(), key, json)).get();
    } catch (ExecutionException e) {
      throw new KafkaException("an alert of " + customer + " was not acknowledged", e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
