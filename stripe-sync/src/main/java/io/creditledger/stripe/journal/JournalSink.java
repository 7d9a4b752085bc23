package io.creditledger.stripe.journal;

import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Relay;
import io.creditledger.relay.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads entries and outcomes out of records; what cannot be read is kept as such. */
public final class JournalSink implements Relay.Sink {

  private static final Logger LOG = LoggerFactory.getLogger(JournalSink.class);

  /** Who keeps rows of what the ledger decided. Has no effect elsewhere. */
  public interface Reader {

    /** Entries, each customer's in order. */
    void entries(Handle transaction, List<LedgerEntry> entries);

    /** Refusals and duplicates, each customer's in order. */
    default void outcomes(Handle transaction, List<OutcomeJson.Parsed> outcomes) {}
  }

  private final String rejectionsTopic;
  private final List<Reader> readers;

  /** A sink of the records of entries, and of rejections where they are read too. */
  public JournalSink(Topics topics, List<Reader> readers) {
    this.rejectionsTopic = topics.name(Topics.REJECTIONS);
    this.readers = List.copyOf(readers);
  }

  @Override
  public void write(Handle transaction, List<ConsumerRecord<byte[], byte[]>> records) {
    List<LedgerEntry> entries = new ArrayList<>();
    List<OutcomeJson.Parsed> outcomes = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(rejectionsTopic)) {
        read(transaction, record, OutcomeJson::read).ifPresent(outcomes::add);
      } else {
        read(transaction, record, EntryJson::read).ifPresent(entries::add);
      }
    }
    for (Reader reader : readers) {
      reader.entries(transaction, entries);
      reader.outcomes(transaction, outcomes);
    }
  }

  /** What a record says; empty if it cannot be read, which is kept. */
  public static <T> Optional<T> read(
      Handle transaction, ConsumerRecord<byte[], byte[]> record, Function<byte[], T> reader) {
    try {
      return Optional.of(reader.apply(record.value()));
    } catch (IllegalStateException unreadable) {
      LOG.error(
          "record {}-{}@{} cannot be read and is kept as unread",
          record.topic(),
          record.partition(),
          record.offset(),
          unreadable);
      transaction
          .createUpdate(
              "insert into unread_record values (:topic, :partition, :offset, :why)"
                  + " on conflict do nothing")
          .bind("topic", record.topic())
          .bind("partition", record.partition())
          .bind("offset", record.offset())
          .bind("why", String.valueOf(unreadable.getMessage()))
          .execute();
      return Optional.empty();
    }
  }
}
