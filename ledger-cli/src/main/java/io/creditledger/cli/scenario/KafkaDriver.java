package io.creditledger.cli.scenario;

import io.creditledger.core.account.Account;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.scenario.Outcome;
import io.creditledger.core.scenario.ScenarioDriver;
import io.creditledger.core.scenario.View;
import io.creditledger.core.wire.EventJson;
import io.creditledger.relay.Topics;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.query.LedgerAccess;
import io.creditledger.streams.topology.StoreKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Runs scenarios on a running service: events are published as any producer would, outcomes are
 * read from what is committed, accounts from the service's stores.
 */
final class KafkaDriver implements ScenarioDriver {

  private static final Duration POLL = Duration.ofMillis(2);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Topics topics = Topics.prefixed("");
  private final LedgerAccess ledger;
  private final ScenarioClock clock;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final DueTimers timers;
  private final Journal journal;
  private final FineTimes fineTimes = new FineTimes();
  private Instant now = Instant.MIN;

  KafkaDriver(LedgerAccess ledger, String bootstrapServers, ScenarioClock clock, Catalog catalog) {
    this.ledger = ledger;
    this.clock = clock;
    this.timers = new DueTimers(this::account, catalog);
    this.journal = new Journal(timers::decided);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            new HashMap<>(
                Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of(Topics.ENTRIES, Topics.REJECTIONS).stream()
            .flatMap(topic -> consumer.partitionsFor(topics.name(topic)).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Where the end is now, and not at the first poll.
    partitions.forEach(consumer::position);
  }

  @Override
  public void advanceTo(Instant at) {
    Optional<Instant> due = timers.until(at);
    while (due.isPresent()) {
      Instant until = due.get();
      clock.set(FineTimes.recorded(until.isBefore(now) ? now : until));
      await(
          () -> {
            timers.customersUntil(until).forEach(timers::look);
            return timers.customersUntil(until).isEmpty();
          },
          "the timers due at " + until);
      due = timers.until(at);
    }
    now = at;
    clock.set(at);
  }

  @Override
  public List<Outcome> submit(List<LedgerEvent> events) {
    List<LedgerEvent> sent = events.stream().map(event -> fineTimes.complete(event, now)).toList();
    List<Future<RecordMetadata>> appended = sent.stream().map(this::append).toList();
    List<Outcome> outcomes = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      Position position = position(sent.get(i), appended.get(i));
      Outcome outcome = outcome(position);
      if (outcome instanceof Outcome.Accepted) {
        fineTimes.accepted(events.get(i), sent.get(i));
      }
      outcomes.add(outcome);
      timers.look(events.get(i).customer());
    }
    return outcomes;
  }

  private Future<RecordMetadata> append(LedgerEvent event) {
    return producer.send(
        new ProducerRecord<>(
            topics.name(EventType.of(event).source()),
            null, // No partition: the key decides, as for any producer.
            FineTimes.recorded(now).toEpochMilli(),
            StoreKeys.customer(event.customer()),
            EventJson.write(event)));
  }

  private static Position position(LedgerEvent event, Future<RecordMetadata> appended) {
    try {
      Source source = EventType.of(event).source();
      RecordMetadata metadata = appended.get();
      return new Position(source, metadata.partition(), metadata.offset());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not take " + event, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Outcome outcome(Position position) {
    List<Outcome> found = new ArrayList<>(1);
    await(
        () -> {
          journal.take(position).ifPresent(found::add);
          return !found.isEmpty();
        },
        "the outcome of " + position);
    return found.getFirst();
  }

  @Override
  public View view(CustomerId customer) {
    Account account = account(customer);
    await(
        () -> journal.entries(customer).size() >= account.sequence(), "the entries of " + customer);
    return new View(account, journal.entries(customer));
  }

  private Account account(CustomerId customer) {
    return ledger.account(customer, Consistency.LATEST);
  }

  /** Reads outcomes until the condition holds. */
  private void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(what + " did not come in " + LIMIT.toSeconds() + " s");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.topic().equals(topics.name(Topics.ENTRIES))) {
          journal.entry(record.value());
        } else {
          journal.refusal(record.value());
        }
      }
    }
  }

  @Override
  public void leave(CustomerId customer) {
    timers.leave(customer);
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
  }
}
