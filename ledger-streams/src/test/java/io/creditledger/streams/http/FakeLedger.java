package io.creditledger.streams.http;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Applied;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.replay.StateDigest;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.GrantRecordCodec;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.query.Consistency;
import io.creditledger.streams.query.CustomerLog;
import io.creditledger.streams.query.EntryPage;
import io.creditledger.streams.query.KeptState;
import io.creditledger.streams.query.LedgerAccess;
import io.creditledger.streams.query.LedgerUnavailableException;
import io.creditledger.streams.query.Outcome;
import io.creditledger.streams.query.Owner;
import io.creditledger.streams.query.Readiness;
import io.creditledger.streams.query.StateAccess;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * The ledger in memory: every event is decided as it arrives, by the ledger's own two functions.
 */
final class FakeLedger implements LedgerAccess, CustomerLog {

  private final Clock clock;
  private final Map<CustomerId, Book> books = new HashMap<>();
  private final Map<Source, Long> offsets = new HashMap<>();
  private final List<CompletableFuture<Void>> arrivals = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> journal = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> rejections = new ArrayList<>();
  private final Map<String, Catalog> catalogs = new HashMap<>();
  private Catalog catalog = Catalog.EMPTY;

  /** Who owns a customer; a test may send requests elsewhere. */
  volatile Function<CustomerId, Owner> owner = customer -> new Owner.Here();

  volatile Readiness readiness = new Readiness(Readiness.State.READY, "RUNNING");

  /** The last entry that is no longer at hand. */
  volatile long forgotten;

  /** From which offset the journal was read last. */
  volatile long readFrom;

  /** Whether outcomes never come. */
  volatile boolean undecided;

  /** Whether the stores cannot be read nor the broker be reached. */
  volatile boolean away;

  /** Whether reading an account fails as only a bug can. */
  volatile boolean broken;

  FakeLedger(Clock clock) {
    this.clock = clock;
  }

  private static final class Book implements Memory {
    private Account account;
    private final Map<EventId, Memo> memos = new HashMap<>();
    private final Map<GrantId, GrantRecord> grants = new LinkedHashMap<>();
    private final List<EntryPage.Item> entries = new ArrayList<>();

    Book(CustomerId customer) {
      account = Account.empty(customer);
    }

    @Override
    public Optional<Memo> memo(EventId id) {
      return Optional.ofNullable(memos.get(id));
    }

    @Override
    public Optional<GrantRecord> grant(GrantId id) {
      return Optional.ofNullable(grants.get(id));
    }
  }

  private Book book(CustomerId customer) {
    if (away) {
      throw new LedgerUnavailableException("the store is being restored");
    }
    if (broken) {
      throw new IllegalStateException("secret inner workings");
    }
    return books.computeIfAbsent(customer, Book::new);
  }

  @Override
  public StateAccess states() {
    return new StateAccess() {
      @Override
      public Owner owner(int partition) {
        return new Owner.Here();
      }

      @Override
      public int partitions() {
        return 1;
      }

      @Override
      public List<KeptState> states(int partition, Optional<CustomerId> after, int limit) {
        return books.keySet().stream()
            .sorted(Comparator.comparing(CustomerId::value))
            .filter(one -> after.isEmpty() || one.value().compareTo(after.get().value()) > 0)
            .limit(limit)
            .map(one -> state(one).orElseThrow())
            .toList();
      }

      @Override
      public Optional<KeptState> state(CustomerId customer) {
        return Optional.ofNullable(books.get(customer)).map(FakeLedger::kept);
      }
    };
  }

  private static KeptState kept(Book book) {
    return new KeptState(
        book.account.customer(),
        Bytes.wrap(AccountCodec.write(book.account)),
        StateDigest.inOrder(book.grants.values()).stream()
            .map(GrantRecordCodec::write)
            .map(Bytes::wrap)
            .toList());
  }

  @Override
  public Owner owner(CustomerId customer) {
    return owner.apply(customer);
  }

  @Override
  public synchronized Account account(CustomerId customer, Consistency consistency) {
    return book(customer).account;
  }

  @Override
  public synchronized List<GrantRecord> grants(CustomerId customer) {
    Book book = book(customer);
    return book.grants.values().stream()
        .map(
            kept ->
                new GrantRecord(
                    book.account.grant(kept.grant().id()).orElse(kept.grant()),
                    kept.details(),
                    kept.fingerprint()))
        .toList();
  }

  @Override
  public synchronized Optional<Memo> memo(CustomerId customer, EventId id) {
    return book(customer).memo(id);
  }

  @Override
  public synchronized Decision preview(LedgerEvent event) {
    Book book = book(event.customer());
    Position position = new Position(EventType.of(event).source(), 0, 0);
    return Ledger.decide(book.account, book, new Input(event, position, clock.instant()), catalog);
  }

  @Override
  public synchronized EntryPage entries(CustomerId customer, OptionalLong before, int limit) {
    List<EntryPage.Item> page =
        book(customer).entries.reversed().stream()
            .filter(entry -> entry.sequence() > forgotten)
            .filter(entry -> before.isEmpty() || entry.sequence() < before.getAsLong())
            .limit(limit)
            .toList();
    return new EntryPage(
        page, page.isEmpty() ? forgotten == 0 : page.get(page.size() - 1).sequence() == 1);
  }

  @Override
  public synchronized EntryPage entriesAfter(CustomerId customer, long after, int limit) {
    List<EntryPage.Item> page =
        book(customer).entries.stream()
            .filter(entry -> entry.sequence() > Math.max(after, forgotten))
            .limit(limit)
            .toList();
    return new EntryPage(page, page.isEmpty() || page.getFirst().sequence() == after + 1);
  }

  @Override
  public synchronized CompletableFuture<Void> arrivalAfter(CustomerId customer, long after) {
    if (!entriesAfter(customer, after, 1).entries().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> arrival = new CompletableFuture<>();
    arrivals.add(arrival);
    return arrival;
  }

  /** How many wait for an entry. */
  synchronized long waiting() {
    return arrivals.stream().filter(arrival -> !arrival.isDone()).count();
  }

  @Override
  public synchronized Catalog catalog() {
    return catalog;
  }

  @Override
  public synchronized CompletionStage<Void> publish(Catalog changed) {
    catalog = changed;
    catalogs.put(changed.version(), changed);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Position> publish(LedgerEvent event) {
    return away
        ? CompletableFuture.failedFuture(new java.io.IOException("no broker"))
        : CompletableFuture.completedFuture(decide(event).position());
  }

  @Override
  public CompletionStage<Outcome> publishAndAwait(LedgerEvent event) {
    return undecided ? new CompletableFuture<>() : CompletableFuture.completedFuture(decide(event));
  }

  private synchronized Outcome decide(LedgerEvent event) {
    Book book = book(event.customer());
    Source source = EventType.of(event).source();
    Position position = new Position(source, 0, offsets.merge(source, 1L, Long::sum) - 1);
    Decision decision =
        Ledger.decide(book.account, book, new Input(event, position, clock.instant()), catalog);
    return switch (decision) {
      case Decision.Accepted accepted -> {
        byte[] json = EntryJson.write(accepted.entry());
        Applied applied = accepted.applied();
        book.account = applied.account().chained(Hash.of(json));
        applied.memos().forEach(memo -> book.memos.put(memo.id(), memo));
        applied.grants().forEach(one -> book.grants.put(one.grant().id(), one));
        String text = new String(json, StandardCharsets.UTF_8);
        book.entries.add(new EntryPage.Item(book.account.sequence(), text));
        append(journal, Topics.ENTRIES, event, json);
        arrivals.forEach(arrival -> arrival.complete(null));
        yield new Outcome.Accepted(position, book.account.sequence(), text);
      }
      case Decision.Duplicate duplicate -> {
        byte[] json =
            OutcomeJson.duplicate(
                event.customer(),
                event.id(),
                position,
                clock.instant(),
                duplicate.of(),
                book.account.sequence(),
                catalog.version());
        append(rejections, Topics.REJECTIONS, event, json);
        yield new Outcome.Duplicate(position, duplicate.of());
      }
      case Decision.Rejected rejected -> {
        byte[] json =
            OutcomeJson.rejection(
                Optional.of(event.customer()),
                Optional.of(event.id()),
                position,
                clock.instant(),
                rejected.reason(),
                Optional.empty(),
                rejected.detail(),
                book.account.sequence(),
                catalog.version(),
                key(event.customer()),
                EventJson.write(event));
        append(rejections, Topics.REJECTIONS, event, json);
        yield new Outcome.Rejected(position, rejected.reason(), rejected.detail());
      }
    };
  }

  private static byte[] key(CustomerId customer) {
    return customer.value().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(
      List<ConsumerRecord<byte[], byte[]>> to, Topic topic, LedgerEvent event, byte[] json) {
    to.add(new ConsumerRecord<>(topic.name(), 0, to.size(), key(event.customer()), json));
  }

  @Override
  public synchronized void entries(
      CustomerId customer, long from, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    readFrom = from;
    show(journal, customer, from, to);
  }

  @Override
  public synchronized void refusals(
      CustomerId customer, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    show(rejections, customer, 0, to);
  }

  private void show(
      List<ConsumerRecord<byte[], byte[]>> topic,
      CustomerId customer,
      long from,
      Consumer<ConsumerRecord<byte[], byte[]>> to) {
    if (away) {
      throw new LedgerUnavailableException("no broker");
    }
    topic.stream()
        .filter(one -> one.offset() >= from && Arrays.equals(key(customer), one.key()))
        .forEach(to);
  }

  @Override
  public synchronized Set<CustomerId> customersOf(EventId id) {
    Set<CustomerId> customers = new LinkedHashSet<>();
    journal.stream()
        .map(record -> EntryJson.read(record.value()).header())
        .filter(header -> header.id().equals(id))
        .forEach(header -> customers.add(header.customer()));
    rejections.stream()
        .map(record -> OutcomeJson.read(record.value()))
        .filter(outcome -> outcome.id().filter(id::equals).isPresent())
        .forEach(outcome -> outcome.customer().ifPresent(customers::add));
    return customers;
  }

  @Override
  public synchronized Optional<Catalog> catalog(String version) {
    return Optional.ofNullable(catalogs.get(version));
  }

  @Override
  public String journal() {
    return Topics.ENTRIES.name();
  }

  @Override
  public int partitions() {
    return 1;
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  @Override
  public String topic(Source source) {
    return "test." + source.topic();
  }
}
