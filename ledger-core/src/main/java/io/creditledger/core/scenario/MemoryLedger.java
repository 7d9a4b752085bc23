package io.creditledger.core.scenario;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Applied;
import io.creditledger.core.account.Conservation;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.DueEvents;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.wire.EntryJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A whole ledger in memory: decide, apply, chain, remember, for any number of customers. It checks
 * after every entry that the account is conserved, and that the entry alone leads to the account
 * that the decision led to. Not for use by several threads.
 */
public final class MemoryLedger {

  private final Catalog catalog;
  private final Map<CustomerId, Book> books = new LinkedHashMap<>();
  private final Map<Source, Long> ends = new EnumMap<>(Source.class);

  /** A ledger without customers that works by that catalog. */
  public MemoryLedger(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Decides an event as the next record of its topic. */
  public Decision submit(LedgerEvent event, Instant recordedAt) {
    Source source = EventType.of(event).source();
    long offset = ends.merge(source, 1L, Long::sum) - 1;
    return submit(new Input(event, new Position(source, 0, offset), recordedAt));
  }

  /**
   * Decides an input and, if it is accepted, applies and records it.
   *
   * @throws IllegalStateException if the ledger breaks a promise of its own
   */
  public Decision submit(Input input) {
    Book book = books.computeIfAbsent(input.event().customer(), Book::new);
    Decision decision = Ledger.decide(book.account, book, input, catalog);
    if (decision instanceof Decision.Accepted accepted) {
      book.record(accepted);
    }
    return decision;
  }

  /**
   * Submits what time brings about until an instant, that instant included: of each customer one
   * event after the other, in the order in which they come due, each recorded when it is due or,
   * where the customer's journal is already later than that, at the journal's time.
   */
  public void fireTimersUntil(Instant at) {
    for (CustomerId customer : List.copyOf(books.keySet())) {
      Set<EventId> refused = new HashSet<>();
      Optional<DueEvents.Due> due = nextDue(customer, at, refused);
      while (due.isPresent()) {
        LedgerEvent event = due.get().event();
        Instant lastRecordedAt = books.get(customer).lastRecordedAt();
        Instant recordedAt =
            due.get().at().isBefore(lastRecordedAt) ? lastRecordedAt : due.get().at();
        if (!(submit(event, recordedAt) instanceof Decision.Accepted)) {
          refused.add(event.id());
        }
        due = nextDue(customer, at, refused);
      }
    }
  }

  private Optional<DueEvents.Due> nextDue(CustomerId customer, Instant at, Set<EventId> refused) {
    return DueEvents.until(account(customer), catalog, at).stream()
        .filter(due -> !refused.contains(due.event().id()))
        .min(Comparator.comparing(DueEvents.Due::at));
  }

  /** A customer's account, empty where nothing was recorded. */
  public Account account(CustomerId customer) {
    Book book = books.get(customer);
    return book == null ? Account.empty(customer) : book.account;
  }

  /** A customer's journal so far. */
  public List<LedgerEntry> entries(CustomerId customer) {
    Book book = books.get(customer);
    return book == null ? List.of() : List.copyOf(book.journal);
  }

  /** What is remembered of a customer beside the account. */
  public Memory memory(CustomerId customer) {
    Book book = books.get(customer);
    return book == null ? Memory.EMPTY : book;
  }

  /** All that is kept of one customer. */
  private static final class Book implements Memory {

    private Account account;
    private final Map<EventId, Memo> memos = new HashMap<>();
    private final Map<GrantId, GrantRecord> grants = new HashMap<>();
    private final List<LedgerEntry> journal = new ArrayList<>();

    Book(CustomerId customer) {
      this.account = Account.empty(customer);
    }

    @Override
    public Optional<Memo> memo(EventId id) {
      return Optional.ofNullable(memos.get(id));
    }

    @Override
    public Optional<GrantRecord> grant(GrantId id) {
      return Optional.ofNullable(grants.get(id));
    }

    Instant lastRecordedAt() {
      return journal.isEmpty() ? Instant.MIN : journal.getLast().header().recordedAt();
    }

    void record(Decision.Accepted accepted) {
      LedgerEntry entry = accepted.entry();
      Applied applied = Ledger.apply(account, this, entry);
      if (!applied.equals(accepted.applied())) {
        throw new IllegalStateException(
            "entry " + entry + " leads to " + applied + ", its decision to " + accepted.applied());
      }
      Conservation.violation(applied.account())
          .ifPresent(
              violation -> {
                throw new IllegalStateException("after entry " + entry + ": " + violation);
              });
      account = applied.account().chained(Hash.of(EntryJson.write(entry)));
      applied.memos().forEach(memo -> memos.put(memo.id(), memo));
      applied.grants().forEach(record -> grants.put(record.grant().id(), record));
      journal.add(entry);
    }
  }
}
