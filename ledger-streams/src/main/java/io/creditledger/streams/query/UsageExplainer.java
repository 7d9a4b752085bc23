package io.creditledger.streams.query;

import io.creditledger.core.account.Account;
import io.creditledger.core.event.Input;
import io.creditledger.core.explain.Inquiry;
import io.creditledger.core.explain.RefusedUsage;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.replay.Books;
import io.creditledger.core.replay.HeapMemories;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.core.wire.Reading;
import io.creditledger.streams.topology.InputRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Explains usage from the log: folds the customer's journal up to it, and so has the account that
 * the decision found.
 */
public final class UsageExplainer {

  private final CustomerLog log;

  /** An explainer that reads that log. */
  public UsageExplainer(CustomerLog log) {
    this.log = log;
  }

  /** One answer's work. */
  private final class Search {
    private final CustomerId customer;
    private final EventId id;
    private final Books books = new Books(new HeapMemories());
    private final Inquiry inquiry;
    private final List<OutcomeJson.Parsed> others = new ArrayList<>();
    private Optional<ConsumerRecord<byte[], byte[]>> entry = Optional.empty();
    private Optional<ConsumerRecord<byte[], byte[]>> refusal = Optional.empty();
    private Account atRefusal;

    Search(CustomerId customer, EventId id) {
      this.customer = customer;
      this.id = id;
      this.inquiry = new Inquiry(id, log::catalog);
      this.atRefusal = Account.empty(customer);
    }

    Optional<UsageAccount> run() {
      log.refusals(customer, this::seeRefusal);
      long refusedAt =
          refusal.map(record -> OutcomeJson.read(record.value()).sequence()).orElse(0L);
      log.entries(customer, record -> seeEntry(record, refusedAt));
      if (entry.isPresent()) {
        return inquiry.explanation().map(found -> decided(entry.get()));
      }
      return refusal.map(this::refused);
    }

    private void seeRefusal(ConsumerRecord<byte[], byte[]> record) {
      OutcomeJson.Parsed outcome = OutcomeJson.read(record.value());
      if (outcome.id().filter(id::equals).isPresent()) {
        others.add(outcome);
        if (outcome.kind() == OutcomeJson.Kind.REJECTION) {
          refusal = Optional.of(record);
        }
      }
    }

    private void seeEntry(ConsumerRecord<byte[], byte[]> record, long refusedAt) {
      Account before = books.account(customer);
      if (inquiry.see(before, books.fold(record.value()))) {
        entry = Optional.of(record);
      }
      Account after = books.account(customer);
      if (after.sequence() == refusedAt) {
        atRefusal = after;
      }
    }

    private UsageAccount decided(ConsumerRecord<byte[], byte[]> record) {
      return new UsageAccount.Decided(
          customer,
          id,
          inquiry.explanation().orElseThrow(),
          place(record),
          new String(record.value(), StandardCharsets.UTF_8),
          inquiry.links(),
          others);
    }

    private UsageAccount refused(ConsumerRecord<byte[], byte[]> record) {
      OutcomeJson.Parsed last = OutcomeJson.read(record.value());
      others.remove(last);
      return new UsageAccount.Refused(
          customer, id, last, place(record), found(record, last), others);
    }

    private Optional<RefusedUsage> found(
        ConsumerRecord<byte[], byte[]> record, OutcomeJson.Parsed outcome) {
      return log.catalog(outcome.catalog())
          .flatMap(
              catalog -> {
                InputRecord input =
                    new InputRecord(
                        outcome.position(),
                        outcome.recordedAt(),
                        OutcomeJson.keyOf(record.value()).orElseThrow(),
                        OutcomeJson.eventOf(record.value()).orElseThrow(),
                        record.headers());
                return input.read(catalog, log.partitions()) instanceof Reading.Read read
                    ? RefusedUsage.of(
                        atRefusal,
                        new Input(read.event(), outcome.position(), outcome.recordedAt()),
                        catalog)
                    : Optional.empty();
              });
    }

    private static UsageAccount.Place place(ConsumerRecord<byte[], byte[]> record) {
      return new UsageAccount.Place(record.topic(), record.partition(), record.offset());
    }
  }

  /**
   * What the log says of a usage, a reservation or a settlement; empty if it knows none of that id.
   *
   * @throws LedgerUnavailableException while the log cannot be read
   */
  public Optional<UsageAccount> explain(CustomerId customer, EventId id) {
    return new Search(customer, id).run();
  }
}
