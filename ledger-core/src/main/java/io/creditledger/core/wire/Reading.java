package io.creditledger.core.wire;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.util.Optional;

/** What a record's bytes turned out to be. */
public sealed interface Reading {

  /** An event, well formed; whether it is accepted is for the ledger to decide. */
  record Read(LedgerEvent event) implements Reading {}

  /**
   * No event that could be decided.
   *
   * @param field what is wrong, as a path such as {@code scope.meters[2]}; absent where it is the
   *     whole record
   * @param detail what is wrong with it, as one line with the offending text, shortened
   * @param id the event's id, where it could be read
   * @param customer the event's customer, where it could be read
   */
  record Unreadable(
      Reason reason,
      Optional<String> field,
      String detail,
      Optional<EventId> id,
      Optional<CustomerId> customer)
      implements Reading {}
}
