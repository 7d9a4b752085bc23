package io.creditledger.stripe;

import io.creditledger.core.account.Decision;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.event.Position;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.scenario.MemoryLedger;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.stripe.publish.LedgerInput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A whole ledger without Kafka: what is published to it is decided at once, and what it decides can
 * be read as the records of its topics.
 */
public final class FakeLedger implements LedgerInput {

  private final Catalog catalog;
  private final InstantSource time;
  private final MemoryLedger ledger;
  private final List<LedgerEvent> published = new ArrayList<>();
  private final Map<CustomerId, Integer> told = new LinkedHashMap<>();
  private final List<ConsumerRecord<byte[], byte[]>> entries = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> rejections = new ArrayList<>();

  /** An empty ledger that works by that catalog and records at that time. */
  public FakeLedger(Catalog catalog, InstantSource time) {
    this.catalog = catalog;
    this.time = time;
    this.ledger = new MemoryLedger(catalog);
  }

  @Override
  public synchronized void publish(LedgerEvent event) {
    submit(event);
  }

  /** The same, with the decision. */
  public synchronized Decision submit(LedgerEvent event) {
    published.add(event);
    told.putIfAbsent(event.customer(), 0);
    Decision decision = ledger.submit(event, time.instant());
    switch (decision) {
      case Decision.Accepted accepted -> tell();
      case Decision.Duplicate duplicate -> reject(event, duplicate(event, duplicate));
      case Decision.Rejected rejected -> reject(event, rejection(event, rejected));
    }
    return decision;
  }

  /** A customer uses credits. */
  public void use(CustomerId customer, String id, String credits) {
    submit(
        new LedgerEvent.Usage(
            new EventId(id),
            customer,
            Dimensions.NONE,
            new Charge.Rated(Credits.parse(credits), Optional.empty()),
            Map.of(),
            Optional.empty(),
            Note.NONE));
  }

  /** Lets everything happen that time brings about by now. */
  public synchronized void fireTimers() {
    ledger.fireTimersUntil(time.instant());
    tell();
  }

  /** Everything that was published, in order, repetitions included. */
  public synchronized List<LedgerEvent> published() {
    return List.copyOf(published);
  }

  /** The journal's records so far, in order. */
  public synchronized List<ConsumerRecord<byte[], byte[]>> entries() {
    return List.copyOf(entries);
  }

  /** The records of refusals and duplicates so far. */
  public synchronized List<ConsumerRecord<byte[], byte[]>> rejections() {
    return List.copyOf(rejections);
  }

  /** What is left of a grant and not held; zero where there is no such grant. */
  public synchronized Credits left(CustomerId customer, GrantId grant) {
    return ledger
        .memory(customer)
        .grant(grant)
        .map(record -> ledger.account(customer).grant(grant).orElse(record.grant()).unheld())
        .orElse(Credits.ZERO);
  }

  /** What a customer used beyond all grants, to be billed, in the default unit. */
  public synchronized Credits overage(CustomerId customer) {
    return ledger.account(customer).totals(catalog.defaultUnit()).overage();
  }

  /** A customer's journal. */
  public synchronized List<LedgerEntry> journal(CustomerId customer) {
    return ledger.entries(customer);
  }

  private void tell() {
    told.replaceAll(
        (customer, known) -> {
          List<LedgerEntry> journal = ledger.entries(customer);
          journal
              .subList(known, journal.size())
              .forEach(
                  entry ->
                      entries.add(
                          record(Topics.ENTRIES, entries, customer, EntryJson.write(entry))));
          return journal.size();
        });
  }

  private void reject(LedgerEvent event, byte[] value) {
    rejections.add(record(Topics.REJECTIONS, rejections, event.customer(), value));
  }

  private byte[] duplicate(LedgerEvent event, Decision.Duplicate duplicate) {
    return OutcomeJson.duplicate(
        event.customer(),
        event.id(),
        position(event),
        time.instant(),
        duplicate.of(),
        ledger.account(event.customer()).sequence(),
        catalog.version());
  }

  private byte[] rejection(LedgerEvent event, Decision.Rejected rejected) {
    return OutcomeJson.rejection(
        Optional.of(event.customer()),
        Optional.of(event.id()),
        position(event),
        time.instant(),
        rejected.reason(),
        Optional.empty(),
        rejected.detail(),
        ledger.account(event.customer()).sequence(),
        catalog.version(),
        bytes(event.customer()),
        EventJson.write(event));
  }

  private Position position(LedgerEvent event) {
    return new Position(EventType.of(event).source(), 0, published.size() - 1L);
  }

  private ConsumerRecord<byte[], byte[]> record(
      Topic topic, List<ConsumerRecord<byte[], byte[]>> before, CustomerId customer, byte[] value) {
    Instant now = time.instant();
    return new ConsumerRecord<>(
        topic.name(),
        0,
        before.size(),
        now.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        customer.value().length(),
        value.length,
        bytes(customer),
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static byte[] bytes(CustomerId customer) {
    return customer.value().getBytes(StandardCharsets.UTF_8);
  }
}
