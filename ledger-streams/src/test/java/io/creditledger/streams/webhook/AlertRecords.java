package io.creditledger.streams.webhook;

import io.creditledger.relay.Database;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Alerts as their topic has them, and as the relay brings them into the outbox. */
final class AlertRecords {

  static final String TOPIC = "ledger.alerts";
  private static final AtomicLong OFFSETS = new AtomicLong();

  private AlertRecords() {}

  /** The customer's balance is low, after the entry of that number. */
  static ConsumerRecord<byte[], byte[]> low(String customer, long sequence) {
    return record(
        customer,
        """
        {"v":1,"id":"%1$s:%2$d:0","type":"low","customer":"%1$s","unit":"credits","sequence":%2$d,\
        "available":"9.5","bound":"10","occurred_at":"2026-11-21T10:00:00Z",\
        "recorded_at":"2026-11-21T10:00:01Z"}"""
            .formatted(customer, sequence));
  }

  /** Nothing is left to the customer. */
  static ConsumerRecord<byte[], byte[]> depleted(String customer, long sequence) {
    return record(
        customer,
        """
        {"v":1,"id":"%1$s:%2$d:0","type":"depleted","customer":"%1$s","unit":"credits",\
        "sequence":%2$d,"available":"0","occurred_at":"2026-11-21T10:00:00Z",\
        "recorded_at":"2026-11-21T10:00:01Z"}"""
            .formatted(customer, sequence));
  }

  static ConsumerRecord<byte[], byte[]> record(String customer, String json) {
    return new ConsumerRecord<>(
        TOPIC,
        0,
        OFFSETS.getAndIncrement(),
        customer.getBytes(StandardCharsets.UTF_8),
        json.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts them into the outbox for an endpoint. */
  static void arrive(
      Database database, WebhookEndpoint endpoint, List<ConsumerRecord<byte[], byte[]>> records) {
    OutboxSink sink = new OutboxSink(List.of(endpoint), Clock.systemUTC());
    database.jdbi().useTransaction(transaction -> sink.write(transaction, records));
  }

  /** The first so many alerts of each of these customers, one after the other in turn. */
  static List<ConsumerRecord<byte[], byte[]>> lows(int each, String... customers) {
    return Stream.iterate(1L, sequence -> sequence + 1)
        .limit(each)
        .flatMap(sequence -> Stream.of(customers).map(customer -> low(customer, sequence)))
        .toList();
  }
}
