package io.creditledger.streams.query;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import java.util.List;
import java.util.OptionalLong;
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

  /**
   * The customer's newest journal entries, newest first, from a bounded recent past.
   *
   * @param before only entries with a smaller sequence number
   */
  EntryPage entries(CustomerId customer, OptionalLong before, int limit);

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

  /** The topic name as deployed, with its prefix. */
  String topic(Source source);
}
