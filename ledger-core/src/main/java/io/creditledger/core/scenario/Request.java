package io.creditledger.core.scenario;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.LedgerEvent;

/** What a scenario's command asks of the ledger. */
public sealed interface Request {

  /** An event. */
  record Event(LedgerEvent event) implements Request {}

  /**
   * Something that no event can say, such as an amount with seven places. It is refused at the
   * ledger's edge, before any account sees it, and so it is never handed to a driver.
   */
  record Malformed(Reason reason, String detail) implements Request {}
}
