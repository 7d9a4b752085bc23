package io.creditledger.streams.query;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Memo;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.wire.EventJson;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.topology.Catalogs;
import io.creditledger.streams.topology.CommitHandover;
import io.creditledger.streams.topology.Progress;
import io.creditledger.streams.topology.StoreKeys;
import io.creditledger.streams.topology.StoreNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** The ledger as this instance has it: its stores, its part of the journal, and the brokers. */
public final class LocalLedger implements LedgerAccess, AutoCloseable {

  private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(10);
  private static final Duration OUTCOME_WITHIN = Duration.ofSeconds(60);
  private static final long RECENT_BYTES_MAX = 64L << 20;

  /** Runs what must not hold up a stream thread. */
  private static final Executor BESIDE = Thread::startVirtualThread;

  private final KafkaStreams streams;
  private final Topics topics;
  private final int partitions;
  private final HostInfo self;
  private final InstantSource clock;
  private final Producer<byte[], byte[]> producer;
  private final StoreReader stores;
  private final RecentEntries recent = new RecentEntries(RECENT_BYTES_MAX, BESIDE);
  private final AwaitedOutcomes awaited = new AwaitedOutcomes();
  private final JournalTail tail;
  private final LogReader log;
  private Optional<Catalogs> catalogs = Optional.empty();

  /**
   * Has itself told what is committed. The streams application is not started yet; it is closed by
   * its owner, before this.
   *
   * @param handover of the same application
   * @param self the host and port that the application advertises
   * @param clock for previews
   */
  public LocalLedger(
      KafkaStreams streams,
      Topics topics,
      int partitions,
      Progress progress,
      CommitHandover handover,
      HostInfo self,
      InstantSource clock,
      KafkaConnection kafka) {
    this.streams = streams;
    this.topics = topics;
    this.partitions = partitions;
    this.self = self;
    this.clock = clock;
    this.producer = kafka.writer();
    this.stores = new StoreReader(streams, topics, partitions, progress);
    this.log = new LogReader(kafka);
    this.tail = new JournalTail(log, topics);
    handover.tell(new CommittedOutcomes(awaited, recent, RECENT_BYTES_MAX, BESIDE, tail));
  }

  @Override
  public Owner owner(CustomerId customer) {
    KeyQueryMetadata metadata;
    try {
      metadata =
          streams.queryMetadataForKey(
              StoreNames.ACCOUNTS, StoreKeys.customer(customer), new ByteArraySerializer());
    } catch (IllegalStateException e) {
      return new Owner.Nobody(); // Not started yet, or closed.
    }
    if (metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      return new Owner.Nobody();
    }
    HostInfo host = metadata.activeHost();
    if (host.equals(self)) {
      return new Owner.Here();
    }
    return new Owner.There(URI.create("http://" + host.host() + ":" + host.port()));
  }

  @Override
  public StateAccess states() {
    return new LocalStates(streams, partitions, self);
  }

  @Override
  public Account account(CustomerId customer, Consistency consistency) {
    Account account = stores.account(customer);
    if (consistency == Consistency.LATEST) {
      return account;
    }
    long deadline = System.nanoTime() + COMMITTED_WITHIN.toNanos();
    while (!account.lastInput().map(stores::committed).orElse(true)) {
      if (System.nanoTime() > deadline) {
        throw new LedgerUnavailableException(
            "entry " + account.sequence() + " of " + customer + " is not committed yet");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      Account now = stores.account(customer);
      if (now.sequence() <= account.sequence()) {
        account = now; // A transaction was aborted and its inputs are decided anew.
      }
    }
    return account;
  }

  @Override
  public List<GrantRecord> grants(CustomerId customer) {
    return stores.grants(customer);
  }

  @Override
  public Optional<Memo> memo(CustomerId customer, EventId id) {
    return stores.memory(customer).memo(id);
  }

  @Override
  public Decision preview(LedgerEvent event) {
    Source source = EventType.of(event).source();
    Input input = new Input(event, new Position(source, 0, 0), clock.instant());
    CustomerId customer = event.customer();
    return Ledger.decide(stores.account(customer), stores.memory(customer), input, catalog());
  }

  @Override
  public EntryPage entries(CustomerId customer, OptionalLong before, int limit) {
    EntryPage page = recent.page(customer.value(), before, limit);
    boolean none = page.entries().isEmpty() && stores.account(customer).sequence() == 0;
    return none ? new EntryPage(List.of(), true) : page;
  }

  @Override
  public EntryPage entriesAfter(CustomerId customer, long after, int limit) {
    return recent.after(customer.value(), after, limit);
  }

  @Override
  public CompletableFuture<Void> arrivalAfter(CustomerId customer, long after) {
    return recent.arrivalAfter(customer.value(), after);
  }

  @Override
  public Catalog catalog() {
    try {
      return catalogs().current();
    } catch (InvalidStateStoreException e) {
      throw new LedgerUnavailableException("the catalog is being read: " + e.getMessage());
    }
  }

  /** The catalog of a version, if the catalog topic has it. */
  private Optional<Catalog> catalog(String version) {
    try {
      return catalogs().version(version);
    } catch (InvalidStateStoreException e) {
      throw new LedgerUnavailableException("the catalog is being read: " + e.getMessage());
    }
  }

  /** The log itself, read anew for each question. */
  public CustomerLog log() {
    return new TopicLog(log, topics, partitions, this::catalog);
  }

  private synchronized Catalogs catalogs() {
    if (catalogs.isEmpty()) {
      catalogs =
          Optional.of(
              new Catalogs(
                  streams.store(
                      StoreQueryParameters.fromNameAndType(
                          StoreNames.CATALOG,
                          QueryableStoreTypes.<String, byte[]>keyValueStore()))));
    }
    return catalogs.get();
  }

  @Override
  public CompletionStage<Void> publish(Catalog catalog) {
    byte[] json = CatalogYaml.toJson(catalog).getBytes(StandardCharsets.UTF_8);
    byte[] version = catalog.version().getBytes(StandardCharsets.UTF_8);
    String topic = topics.name(Topics.CATALOG);
    // The version first: whoever sees that it is in force finds it.
    CompletableFuture<RecordMetadata> kept = send(new ProducerRecord<>(topic, 0, version, json));
    CompletableFuture<RecordMetadata> inForce =
        send(
            new ProducerRecord<>(
                topic, 0, Catalogs.CURRENT.getBytes(StandardCharsets.UTF_8), version));
    return CompletableFuture.allOf(kept, inForce)
        .thenAcceptAsync(sent -> awaitCatalog(catalog.version()), BESIDE);
  }

  private void awaitCatalog(String version) {
    long deadline = System.nanoTime() + COMMITTED_WITHIN.toNanos();
    while (!catalog().version().equals(version)) {
      if (System.nanoTime() > deadline) {
        throw new LedgerUnavailableException("catalog " + version + " is not in force yet");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  @Override
  public CompletionStage<Position> publish(LedgerEvent event) {
    Source source = EventType.of(event).source();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topics.name(source),
            null, // No partition: the key decides, as for any producer.
            clock
                .millis(), // The brokers put their own in its place, but for a ledger in play time.
            StoreKeys.customer(event.customer()),
            EventJson.write(event));
    return send(record).thenApply(sent -> new Position(source, sent.partition(), sent.offset()));
  }

  private CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
    var unused =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure == null) {
                sent.complete(metadata);
              } else {
                sent.completeExceptionally(failure);
              }
            });
    return sent;
  }

  @Override
  public CompletionStage<Outcome> publishAndAwait(LedgerEvent event) {
    // From before the outcome can be there.
    AwaitedOutcomes.Expected outcome =
        awaited.expect(Bytes.wrap(StoreKeys.customer(event.customer())));
    try {
      return publish(event)
          .thenCompose(
              position ->
                  outcome.at(position).orTimeout(OUTCOME_WITHIN.toSeconds(), TimeUnit.SECONDS))
          .whenComplete((told, failure) -> outcome.close());
    } catch (RuntimeException notSent) {
      outcome.close();
      throw notSent;
    }
  }

  @Override
  public Readiness readiness() {
    KafkaStreams.State state = streams.state();
    return switch (state) {
      case RUNNING -> new Readiness(Readiness.State.READY, state.name());
      case CREATED, REBALANCING -> new Readiness(Readiness.State.STARTING, state.name());
      case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR ->
          new Readiness(Readiness.State.FAILED, state.name());
    };
  }

  @Override
  public String topic(Source source) {
    return topics.name(source);
  }

  @Override
  public void close() {
    tail.close();
    producer.close();
    // A timer of the web server's outlives its stop, and holds on to all that it served.
    recent.close();
  }
}
