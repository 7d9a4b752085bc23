package io.creditledger.cli.bench.rig;

import io.creditledger.relay.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills topics before something is measured that reads them. */
public final class Preload {

  private Preload() {}

  /** A producer's settings, made for volume and acknowledged by all. */
  public static Map<String, Object> settings(KafkaConnection kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 10);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    return settings;
  }

  /** The same for a record that waits for no other. */
  public static Map<String, Object> promptly(KafkaConnection kafka) {
    Map<String, Object> settings = settings(kafka);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return settings;
  }

  /**
   * Sends so many records and returns, once all of them are acknowledged, how long it took.
   *
   * @throws IllegalStateException if one was not
   */
  public static Duration send(
      KafkaConnection kafka, long count, LongFunction<ProducerRecord<byte[], byte[]>> records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
      long start = System.nanoTime();
      send(producer, 0, count, records);
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  /** Sends the records from one number to before another, and returns once they are there. */
  public static void send(
      KafkaProducer<byte[], byte[]> producer,
      long from,
      long to,
      LongFunction<ProducerRecord<byte[], byte[]>> records) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    for (long i = from; i < to; i++) {
      var unused =
          producer.send(
              records.apply(i),
              (metadata, problem) -> {
                if (problem != null) {
                  failure.compareAndSet(null, problem);
                }
              });
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("a record was not acknowledged", failure.get());
    }
  }
}
