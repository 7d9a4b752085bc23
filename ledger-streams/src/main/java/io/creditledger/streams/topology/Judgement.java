package io.creditledger.streams.topology;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Accounts;
import io.creditledger.core.account.Applied;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.core.wire.Reading;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * What becomes of one input record, to the byte: all that the ledger does with an input except to
 * store and forward it. The service and every replay judge with this one function.
 */
public sealed interface Judgement {

  /**
   * It becomes a journal entry.
   *
   * @param before the account that was judged
   * @param next the account after it, chained to {@code json}
   * @param applied what is to be remembered beside the account
   * @param json the entry's bytes, for the journal
   */
  record Accepted(LedgerEntry entry, Account before, Account next, Applied applied, Bytes json)
      implements Judgement {}

  /**
   * It changes nothing.
   *
   * @param json the outcome's bytes, for the rejections
   */
  record Refused(OutcomeJson.Kind kind, Bytes json) implements Judgement {}

  /**
   * Judges a record. Reads the accounts and changes nothing.
   *
   * @param catalog by which it is decided
   * @param partitions of the input topics
   */
  static Judgement of(InputRecord record, Accounts accounts, Catalog catalog, int partitions) {
    return switch (record.read(catalog, partitions)) {
      case Reading.Read read -> decided(read.event(), record, accounts, catalog);
      case Reading.Unreadable unreadable ->
          rejected(record, unreadable, sequence(record, unreadable, accounts), catalog);
    };
  }

  private static Judgement decided(
      LedgerEvent event, InputRecord record, Accounts accounts, Catalog catalog) {
    CustomerId customer = event.customer();
    Account account = accounts.account(customer);
    Input input = new Input(event, record.position(), record.recordedAt());
    return switch (Ledger.decide(account, accounts.memory(customer), input, catalog)) {
      case Decision.Accepted accepted -> {
        byte[] json = EntryJson.write(accepted.entry());
        Account next = accepted.applied().account().chained(Hash.of(json));
        yield new Accepted(accepted.entry(), account, next, accepted.applied(), Bytes.wrap(json));
      }
      case Decision.Duplicate duplicate ->
          new Refused(
              OutcomeJson.Kind.DUPLICATE,
              Bytes.wrap(
                  OutcomeJson.duplicate(
                      customer,
                      event.id(),
                      record.position(),
                      record.recordedAt(),
                      duplicate.of(),
                      account.sequence(),
                      catalog.version())));
      case Decision.Rejected rejected -> {
        Reading.Unreadable refusal =
            new Reading.Unreadable(
                rejected.reason(),
                Optional.empty(),
                rejected.detail(),
                Optional.of(event.id()),
                Optional.of(customer));
        yield rejected(record, refusal, account.sequence(), catalog);
      }
    };
  }

  private static Judgement rejected(
      InputRecord record, Reading.Unreadable refusal, long sequence, Catalog catalog) {
    return new Refused(
        OutcomeJson.Kind.REJECTION,
        Bytes.wrap(
            OutcomeJson.rejection(
                refusal.customer(),
                refusal.id(),
                record.position(),
                record.recordedAt(),
                refusal.reason(),
                refusal.field(),
                refusal.detail(),
                sequence,
                catalog.version(),
                record.key(),
                record.value())));
  }

  /** The sequence number at which an unreadable input was refused; 0 where no account is meant. */
  private static long sequence(
      InputRecord record, Reading.Unreadable unreadable, Accounts accounts) {
    return unreadable
        .customer()
        .filter(
            customer ->
                unreadable.reason() != Reason.WRONG_PARTITION
                    && Arrays.equals(StoreKeys.customer(customer), record.key()))
        .map(customer -> accounts.account(customer).sequence())
        .orElse(0L);
  }
}
