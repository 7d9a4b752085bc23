package io.creditledger.streams.http;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.replay.AsOf;
import io.creditledger.core.replay.KnownAt;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.streams.projection.JournalLine;
import io.creditledger.streams.query.CustomerLog;
import io.creditledger.streams.query.EntryPage;
import io.creditledger.streams.query.LedgerAccess;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Balances of the past, from the customer's journal: out of the statement and the recent past where
 * there is a statement, else out of the topic, which takes as long as its partition is.
 */
final class PastBalance {

  private static final int PAGE = 1_000;

  private final LedgerAccess ledger;
  private final CustomerLog log;
  private final Statement statement;

  PastBalance(LedgerAccess ledger, CustomerLog log, Statement statement) {
    this.ledger = ledger;
    this.log = log;
    this.statement = statement;
  }

  /** The account as the log knew it at that time. */
  Account knownAt(CustomerId customer, Instant at) {
    KnownAt known = new KnownAt(customer, at);
    read(customer, known::add);
    return known.account();
  }

  /** What occurred until then, of what was known at a time, or is known now. */
  AsOf asOf(CustomerId customer, Instant at, Optional<Instant> knownAt) {
    AsOf figures = new AsOf(at);
    read(
        customer,
        json -> {
          LedgerEntry entry = EntryJson.read(json);
          if (knownAt.filter(entry.header().recordedAt()::isAfter).isPresent()) {
            return false;
          }
          figures.add(entry);
          return true;
        });
    return figures;
  }

  /** Shows the customer's entries from the first on, as long as they are wanted. */
  private void read(CustomerId customer, Predicate<byte[]> wanted) {
    if (statement.exists()) {
      readStatement(customer, wanted);
    } else {
      boolean[] more = {true};
      log.entries(customer, record -> more[0] = more[0] && wanted.test(record.value()));
    }
  }

  private void readStatement(CustomerId customer, Predicate<byte[]> wanted) {
    long last = 0;
    List<JournalLine> page = List.of();
    do {
      long after = last;
      page = statement.ask(access -> access.after(customer, after, PAGE));
      for (JournalLine line : page) {
        if (!wanted.test(bytes(line.body()))) {
          return;
        }
        last = line.sequence();
      }
    } while (page.size() == PAGE);
    EntryPage newest = ledger.entriesAfter(customer, last, PAGE);
    while (newest.complete() && !newest.entries().isEmpty()) {
      for (EntryPage.Item entry : newest.entries()) {
        if (!wanted.test(bytes(entry.json()))) {
          return;
        }
        last = entry.sequence();
      }
      newest = ledger.entriesAfter(customer, last, PAGE);
    }
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
