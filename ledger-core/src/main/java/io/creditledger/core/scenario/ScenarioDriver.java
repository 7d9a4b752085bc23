package io.creditledger.core.scenario;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import java.util.List;

/**
 * A ledger that scenarios can be run against. It starts empty, works by one catalog, and stands at
 * an instant that only the runner moves; many customers may share it. Used by one thread.
 */
public interface ScenarioDriver extends AutoCloseable {

  /**
   * Moves the ledger's time on and returns when everything that time brings about has been decided:
   * whatever is due at or before that instant, each at the time it came due. Called before every
   * round of commands and before expectations, so often with the instant at which it stands
   * already: something new may be due at that very instant.
   *
   * @param at never before the instant at which it stands
   */
  void advanceTo(Instant at);

  /**
   * Hands in events that are recorded at the present instant, and returns when each is decided.
   *
   * @param events of as many customers: no two concern the same one
   * @return the outcomes, in the order of the events
   */
  List<Outcome> submit(List<LedgerEvent> events);

  /** What can be seen of a customer at the present instant, all outcomes so far included. */
  View view(CustomerId customer);

  /**
   * Nobody will look at a customer any more: what time still brings about for it need not be waited
   * for. Where many share a ledger, an hourly grant of one would keep a year of the others waiting.
   */
  default void leave(CustomerId customer) {}

  @Override
  default void close() {}

  /** Makes ledgers. */
  @FunctionalInterface
  interface Factory {

    /** A ledger without customers that works by that catalog. */
    ScenarioDriver open(Catalog catalog);
  }
}
