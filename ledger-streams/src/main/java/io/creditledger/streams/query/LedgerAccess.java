package io.creditledger.streams.query;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the REST service answers from and writes to. Reads are answered by the instance that owns
 * the customer; {@link #owner} says which one that is.
 */
public interface LedgerAccess {

  /** Where a customer's account is kept. */
  Owner owner(CustomerId customer);

  /**
   * The account of a customer this instance owns; an empty one if the journal says nothing of the
   * customer. With {@code COMMITTED} it waits, at most a few commit intervals, until the account it
   * returns stands in the journal.
   *
   * @throws LedgerUnavailableException while the store is being restored or moves elsewhere
   */
  Account account(CustomerId customer, Consistency consistency);

  /** Every grant the customer ever had, the account's state of it where the account carries it. */
  List<GrantRecord> grants(CustomerId customer);

  /** What is remembered of an accepted event: what became of it, and who paid. */
  Optional<Memo> memo(CustomerId customer, EventId id);

  /**
   * What an event would do if it were recorded now, decided by the same function and written
   * nowhere.
   */
  Decision preview(LedgerEvent event);

  /**
   * The customer's newest journal entries, newest first, from a bounded recent past.
   *
   * @param before only entries with a smaller sequence number
   */
  EntryPage entries(CustomerId customer, OptionalLong before, int limit);

  /** The customer's journal entries after that one, oldest first, from the same recent past. */
  EntryPage entriesAfter(CustomerId customer, long after, int limit);

  /**
   * Completes once {@link #entriesAfter} has an entry after that one; who waits no longer cancels
   * it.
   */
  CompletableFuture<Void> arrivalAfter(CustomerId customer, long after);

  /** The catalog in force on this instance. */
  Catalog catalog();

  /** Puts a catalog in force; completes when this instance decides by it. */
  CompletionStage<Void> publish(Catalog catalog);

  /** Appends an event to its topic; completes with its position once the broker has it. */
  CompletionStage<Position> publish(LedgerEvent event);

  /**
   * Appends an event and completes once its outcome is committed to the journal. Only for customers
   * this instance owns. It never completes exceptionally for a refusal: that is an outcome.
   */
  CompletionStage<Outcome> publishAndAwait(LedgerEvent event);

  /** Whether this instance can answer and decide; the health check's word. */
  Readiness readiness();

  /** What the stores hold, as it is. */
  StateAccess states();

  /** The topic name as deployed, with its prefix. */
  String topic(Source source);
}
