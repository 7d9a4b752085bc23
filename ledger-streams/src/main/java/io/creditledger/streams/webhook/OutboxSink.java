package io.creditledger.streams.webhook;

import io.creditledger.relay.Relay;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns alerts into rows, one for each endpoint that wants them; an alert seen again adds none. */
final class OutboxSink implements Relay.Sink {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxSink.class);

  private final List<WebhookEndpoint> endpoints;
  private final Clock clock;

  /** What is due once its rows are there. */
  private record Queue(String endpoint, String customer) {

    /** Always the same, so that two who lock several never wait for each other. */
    static final Comparator<Queue> ORDER =
        Comparator.comparing(Queue::endpoint).thenComparing(Queue::customer);
  }

  OutboxSink(List<WebhookEndpoint> endpoints, Clock clock) {
    this.endpoints = List.copyOf(endpoints);
    this.clock = clock;
  }

  @Override
  public void write(Handle transaction, List<ConsumerRecord<byte[], byte[]>> records) {
    Instant now = clock.instant();
    TreeSet<Queue> queues = new TreeSet<>(Queue.ORDER);
    try (PreparedBatch rows = rows(transaction)) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        Optional<WebhookMessage> message = message(transaction, record, now);
        for (WebhookEndpoint endpoint : endpoints) {
          message
              .filter(wanted -> endpoint.wants(wanted.type()))
              .ifPresent(
                  wanted -> {
                    add(rows, endpoint, wanted, now);
                    queues.add(new Queue(endpoint.name(), wanted.customer()));
                  });
        }
      }
      rows.execute();
    }
    queues.forEach(queue -> open(transaction, queue, now));
  }

  /** The alert to be told; what is none is kept aside, for it must not hold up those behind it. */
  private Optional<WebhookMessage> message(
      Handle transaction, ConsumerRecord<byte[], byte[]> record, Instant now) {
    try {
      if (record.value() == null) {
        throw new IllegalStateException("there is no value");
      }
      return Optional.of(WebhookMessage.of(record.topic(), record.value()));
    } catch (IllegalStateException unreadable) {
      LOG.error(
          "the record at {}-{} offset {} is no alert, and nobody is told of it: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          unreadable.getMessage());
      transaction
          .createUpdate(
              "insert into webhook_unreadable"
                  + " (topic, partition, record_offset, value, why, found_at)"
                  + " values (:topic, :partition, :offset, :value, :why, :now)"
                  + " on conflict do nothing")
          .bind("topic", record.topic())
          .bind("partition", record.partition())
          .bind("offset", record.offset())
          .bind("value", record.value())
          .bind("why", unreadable.getMessage())
          .bind("now", now)
          .execute();
      return Optional.empty();
    }
  }

  private static PreparedBatch rows(Handle transaction) {
    return transaction.prepareBatch(
        "insert into webhook_delivery"
            + " (endpoint, alert, webhook_id, type, customer, body, created_at, due_first)"
            + " values (:endpoint, :alert, :id, :type, :customer, :body, :now, :now)"
            + " on conflict do nothing");
  }

  private static void add(
      PreparedBatch rows, WebhookEndpoint endpoint, WebhookMessage message, Instant now) {
    rows.bind("endpoint", endpoint.name())
        .bind("alert", message.alert())
        .bind("id", message.id())
        .bind("type", message.type())
        .bind("customer", message.customer())
        .bind("body", message.body())
        .bind("now", now)
        .add();
  }

  /**
   * Sees to it that somebody looks. The row is locked even where it is there: a sender that has
   * just sent the last one must not take it away without seeing these.
   */
  private static void open(Handle transaction, Queue queue, Instant now) {
    transaction
        .createUpdate(
            "insert into webhook_queue (endpoint, customer, due_at)"
                + " values (:endpoint, :customer, :now)"
                + " on conflict (endpoint, customer) do update set claim = webhook_queue.claim")
        .bind("endpoint", queue.endpoint())
        .bind("customer", queue.customer())
        .bind("now", now)
        .execute();
  }
}
