package io.creditledger.stripe.publish;

import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.wire.EventJson;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** The topics themselves. */
public final class KafkaLedgerInput implements LedgerInput, AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final Topics topics;
  private final InstantSource clock;

  /**
   * Publishes with a producer, which is closed with this.
   *
   * @param producer acknowledged by all, idempotent
   */
  public KafkaLedgerInput(Producer<byte[], byte[]> producer, Topics topics, InstantSource clock) {
    this.producer = producer;
    this.topics = topics;
    this.clock = clock;
  }

  @Override
  public void publish(LedgerEvent event) throws InterruptedException {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topics.name(EventType.of(event).source()),
            null, // No partition: the key decides, as for any producer.
            clock
                .millis(), // The brokers put their own in its place, but for a ledger in play time.
            event.customer().value().getBytes(StandardCharsets.UTF_8),
            EventJson.write(event));
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new KafkaException("event " + event.id() + " was not acknowledged", e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
