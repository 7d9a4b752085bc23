package io.creditledger.core.replay;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.DueEvents;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.wire.EntryJson;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Histories decided anew by other rules: the inputs that came, at the times and in the order in
 * which they came, whatever had become of them. What only these rules bring about, such as the end
 * of a reservation that had been refused, is brought about when it would be due; reminders, which
 * move no credits, are not. Not for use by several threads.
 */
public final class WhatIf {

  /** What really happened beside these histories, as far as they have come. */
  @FunctionalInterface
  public interface Reality {
    /**
     * Whether a timer's event is the log's to bring about: it came, or is due there too and only
     * has not come yet, so that it must not be brought about here as well.
     */
    boolean bringsAbout(CustomerId customer, EventId timer, Instant at);
  }

  private final Books books;
  private final Reality reality;
  private final Map<CustomerId, History> histories = new HashMap<>();

  /** What is known of one customer beside the account. */
  private static final class History {
    private final Tally tally = new Tally();
    private final Set<EventId> refusedTimers = new HashSet<>();
    private Instant last = Instant.MIN;
  }

  /**
   * Histories that have not begun.
   *
   * @param reality as it was before the input that is decided next
   */
  public WhatIf(Memories memories, Reality reality) {
    this.books = new Books(memories);
    this.reality = reality;
  }

  /** Decides an input, after what is due before it. */
  public Decision decide(Input input, Catalog catalog) {
    CustomerId customer = input.event().customer();
    fireUntil(customer, input.recordedAt(), catalog);
    Decision decision = judge(input, catalog);
    if (decision instanceof Decision.Rejected && input.position().source() == Source.USAGE) {
      history(customer).tally.refuse();
    }
    return decision;
  }

  /** An input of a customer that could not be read as an event. */
  public void unreadable(CustomerId customer, Source source) {
    if (source == Source.USAGE) {
      history(customer).tally.refuse();
    }
  }

  /** Brings about what is due by the end. */
  public void finish(Instant end, Catalog catalog) {
    List.copyOf(histories.keySet()).forEach(customer -> fireUntil(customer, end, catalog));
  }

  private History history(CustomerId customer) {
    return histories.computeIfAbsent(customer, none -> new History());
  }

  private Decision judge(Input input, Catalog catalog) {
    CustomerId customer = input.event().customer();
    Account account = books.account(customer);
    Decision decision = Ledger.decide(account, books.memory(customer), input, catalog);
    History history = history(customer);
    if (decision instanceof Decision.Accepted accepted) {
      Hash hash = Hash.of(EntryJson.write(accepted.entry()));
      books.record(accepted.applied().account().chained(hash), accepted.applied());
      history.tally.accept(accepted.entry());
      history.last = input.recordedAt();
    }
    return decision;
  }

  private void fireUntil(CustomerId customer, Instant at, Catalog catalog) {
    Optional<DueEvents.Due> due = nextDue(customer, at, catalog);
    while (due.isPresent()) {
      History history = history(customer);
      LedgerEvent event = due.get().event();
      Instant recordedAt = due.get().at().isBefore(history.last) ? history.last : due.get().at();
      Decision decision =
          judge(new Input(event, new Position(Source.EXPIRY, 0, 0), recordedAt), catalog);
      if (!(decision instanceof Decision.Accepted)) {
        history.refusedTimers.add(event.id());
      }
      due = nextDue(customer, at, catalog);
    }
  }

  private Optional<DueEvents.Due> nextDue(CustomerId customer, Instant at, Catalog catalog) {
    Set<EventId> refused = history(customer).refusedTimers;
    return DueEvents.until(books.account(customer), catalog, at).stream()
        .filter(due -> !(due.event() instanceof LedgerEvent.Reminder))
        .filter(due -> !refused.contains(due.event().id()))
        .filter(due -> !reality.bringsAbout(customer, due.event().id(), at))
        .min(Comparator.comparing(DueEvents.Due::at));
  }

  /** Everybody of whom there was an input. */
  public Set<CustomerId> customers() {
    return Set.copyOf(histories.keySet());
  }

  /** The customer's account by now. */
  public Account account(CustomerId customer) {
    return books.account(customer);
  }

  /** What the customer's history comes to by now. */
  public Tally tally(CustomerId customer) {
    return history(customer).tally;
  }
}
