package io.creditledger.cli.endtoend;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import java.time.Instant;

/** One customer's events decided one after the other, without Kafka: a true journal to forge. */
final class CoreAlone {

  private final Catalog catalog;
  private final Remembered memory = new Remembered();
  private Account account;
  private long decided;

  CoreAlone(String customer, Catalog catalog) {
    this.account = Account.empty(new CustomerId(customer));
    this.catalog = catalog;
  }

  /** The decision on an event as a producer writes it. */
  Decision decide(Source source, byte[] json, Instant at) {
    return switch (EventJson.read(source, json)) {
      case Reading.Read read -> decide(source, read.event(), at);
      case Reading.Unreadable unreadable -> throw new AssertionError(unreadable.detail());
    };
  }

  /** The decision on an event; its position is how many were decided before. */
  Decision decide(Source source, LedgerEvent event, Instant at) {
    Input input = new Input(event, new Position(source, 0, decided), at);
    decided++;
    Decision decision = Ledger.decide(account, memory, input, catalog);
    if (decision instanceof Decision.Accepted accepted) {
      memory.keep(accepted.applied());
      account = accepted.applied().account().chained(Hash.of(EntryJson.write(accepted.entry())));
    }
    return decision;
  }

  /** Entries so far. */
  long sequence() {
    return account.sequence();
  }
}
