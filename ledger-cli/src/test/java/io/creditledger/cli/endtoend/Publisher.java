package io.creditledger.cli.endtoend;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that notes of each event how often it was acknowledged. */
final class Publisher implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong unacknowledged = new AtomicLong();

  Publisher(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L << 20,
                // It keeps what it knows of a broker that died; else each send would wait for it.
                CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
                "none"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void send(Sent event) {
    event.attempted();
    unacknowledged.incrementAndGet();
    var unused =
        producer.send(
            event.record(),
            (metadata, failure) -> {
              if (failure == null) {
                event.wasAcknowledged();
                unacknowledged.decrementAndGet();
              }
            });
  }

  /** Returns once everything sent is acknowledged; fails if anything was not. */
  void flush() {
    producer.flush();
    if (unacknowledged.get() != 0) {
      throw new AssertionError(unacknowledged.get() + " events were not acknowledged");
    }
  }

  /** Gives up what is not acknowledged: a producer that dies. Nothing is sent after it. */
  void abandon() {
    producer.close(Duration.ZERO);
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
