package io.creditledger.cli.demo;

import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.wire.EventJson;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer of events as a service in the field would have it: idempotent, acknowledged by all
 * brokers, keyed by customer. It delivers some events twice, the second time a while later, and
 * remembers what it sent how often. Used by one thread.
 */
final class EventSender implements AutoCloseable {

  /** How many other events come between a delivery and its repetition, at least. */
  private static final int REPEAT_AFTER = 500;

  private final Topics topics = Topics.prefixed("");
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Sent> sent = new ArrayList<>();
  private final Deque<Repetition> repetitions = new ArrayDeque<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long deliveries;

  /** An event that was sent, and how often. */
  record Sent(CustomerId customer, EventId id, int times) {}

  private record Repetition(long after, ProducerRecord<byte[], byte[]> record) {}

  EventSender(String bootstrapServers) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                10,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 << 10),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends an event once. */
  void send(LedgerEvent event) {
    sent.add(new Sent(event.customer(), event.id(), 1));
    deliver(record(event));
  }

  /** Sends an event now and once more later. */
  void sendTwice(LedgerEvent event) {
    sent.add(new Sent(event.customer(), event.id(), 2));
    ProducerRecord<byte[], byte[]> record = record(event);
    deliver(record);
    repetitions.add(new Repetition(deliveries + REPEAT_AFTER, record));
  }

  private ProducerRecord<byte[], byte[]> record(LedgerEvent event) {
    return new ProducerRecord<>(
        topics.name(EventType.of(event).source()),
        event.customer().value().getBytes(StandardCharsets.UTF_8),
        EventJson.write(event));
  }

  private void deliver(ProducerRecord<byte[], byte[]> record) {
    append(record);
    while (!repetitions.isEmpty() && repetitions.peek().after() <= deliveries) {
      append(repetitions.poll().record());
    }
  }

  private void append(ProducerRecord<byte[], byte[]> record) {
    deliveries++;
    // What becomes of it, the callback is told.
    var unused =
        producer.send(
            record,
            (metadata, problem) -> {
              if (problem == null) {
                acknowledged.incrementAndGet();
              } else {
                failure.compareAndSet(null, problem);
              }
            });
  }

  /**
   * Sends what is still to be repeated, and returns once everything is acknowledged.
   *
   * @throws IllegalStateException if anything was not
   */
  void flush() {
    while (!repetitions.isEmpty()) {
      append(repetitions.poll().record());
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("an event was not acknowledged", failure.get());
    }
  }

  /** Records sent so far, repetitions included. */
  long deliveries() {
    return deliveries;
  }

  /** Records that the broker has. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** Every event sent so far. */
  List<Sent> sent() {
    return sent;
  }

  @Override
  public void close() {
    producer.close();
  }
}
