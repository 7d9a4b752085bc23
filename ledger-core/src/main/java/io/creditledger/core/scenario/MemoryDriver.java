package io.creditledger.core.scenario;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import java.util.List;

/** Runs scenarios on the two functions alone. */
public final class MemoryDriver implements ScenarioDriver {

  private final MemoryLedger ledger;
  private Instant now = Instant.MIN;

  /** A ledger without customers that works by that catalog. */
  public MemoryDriver(Catalog catalog) {
    this.ledger = new MemoryLedger(catalog);
  }

  @Override
  public void advanceTo(Instant at) {
    ledger.fireTimersUntil(at);
    now = at;
  }

  @Override
  public List<Outcome> submit(List<LedgerEvent> events) {
    return events.stream().map(event -> Outcome.of(ledger.submit(event, now))).toList();
  }

  @Override
  public View view(CustomerId customer) {
    return new View(ledger.account(customer), ledger.entries(customer));
  }
}
