package io.creditledger.streams.projection;

import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.relay.CopyRows;
import io.creditledger.relay.Relay;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes journal entries as rows, a batch by a few {@code COPY} commands. The rows' keys are the
 * records' places in the topic, so that a record carried twice would be refused, whatever goes
 * wrong elsewhere.
 */
final class EntryProjector implements Relay.Sink {

  private static final Logger LOG = LoggerFactory.getLogger(EntryProjector.class);

  private static final String ENTRY_COLUMNS =
      "entry (recorded_at, partition, record_offset, customer, sequence, type, id, usage, unit,"
          + " meter, subscription, occurred_at, quantity, credits, amount, overage, overdraft,"
          + " forgiven, repaid, settled, held, catalog, properties, body)";
  private static final String MOVEMENT_COLUMNS =
      "movement (recorded_at, partition, record_offset, ordinal, customer, sequence, grant_id,"
          + " move, amount, remaining)";

  /** An entry and where it stands. */
  private record Placed(ConsumerRecord<byte[], byte[]> record, LedgerEntry entry, String body) {}

  @Override
  public void write(Handle transaction, List<ConsumerRecord<byte[], byte[]>> records) {
    List<Placed> entries = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      read(transaction, record).ifPresent(entries::add);
    }
    TreeSet<YearMonth> months = new TreeSet<>();
    for (Placed placed : entries) {
      months.add(YearMonth.from(placed.entry().header().recordedAt().atZone(ZoneOffset.UTC)));
    }
    Months.ensure(transaction, months);
    writeRows(transaction, entries);
  }

  /**
   * Writes the rows of records into tables of the same names that are there already. What is no
   * entry is left out.
   */
  static void writeReadable(Handle transaction, List<ConsumerRecord<byte[], byte[]>> records) {
    List<Placed> entries = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        String body = new String(record.value(), StandardCharsets.UTF_8);
        entries.add(new Placed(record, EntryJson.read(record.value()), body));
      } catch (IllegalStateException unreadable) {
        LOG.debug("no entry is at offset {}", record.offset());
      }
    }
    writeRows(transaction, entries);
  }

  private static void writeRows(Handle transaction, List<Placed> entries) {
    CopyRows rows = new CopyRows();
    CopyRows movements = new CopyRows();
    for (Placed placed : entries) {
      row(rows, placed);
      movements(movements, placed);
    }
    rows.copyInto(transaction, ENTRY_COLUMNS);
    movements.copyInto(transaction, MOVEMENT_COLUMNS);
    GrantRows.write(transaction, entries.stream().map(Placed::entry).toList());
  }

  /** What cannot be read is kept aside, for it must not hold up those behind it. */
  private static Optional<Placed> read(Handle transaction, ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.value() == null) {
        throw new IllegalStateException("there is no value");
      }
      String body =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record.value())).toString();
      return Optional.of(new Placed(record, EntryJson.read(record.value()), body));
    } catch (IllegalStateException | CharacterCodingException unreadable) {
      LOG.error(
          "the record at {}-{} offset {} is no journal entry, and no statement shows it: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          unreadable.getMessage());
      transaction
          .createUpdate(
              "insert into unreadable (topic, partition, record_offset, value, why)"
                  + " values (:topic, :partition, :offset, :value, :why) on conflict do nothing")
          .bind("topic", record.topic())
          .bind("partition", record.partition())
          .bind("offset", record.offset())
          .bind("value", record.value())
          .bind("why", String.valueOf(unreadable.getMessage()))
          .execute();
      return Optional.empty();
    }
  }

  private static void row(CopyRows rows, Placed placed) {
    LedgerEntry entry = placed.entry();
    EntryHeader header = entry.header();
    EntryColumns columns = EntryColumns.of(entry);
    rows.instant(header.recordedAt())
        .number(placed.record().partition())
        .number(placed.record().offset())
        .text(header.customer().value())
        .number(header.sequence())
        .text(EntryJson.typeOf(entry.change()).wireName())
        .text(header.id().value())
        .text(columns.usage())
        .decimal(entry.change().unit())
        .decimal(columns.dimensions().meter())
        .decimal(columns.dimensions().subscription())
        .instant(header.occurredAt())
        .decimal(columns.quantity())
        .decimal(columns.credits())
        .decimal(columns.amount())
        .decimal(columns.beyond(Shortfall.Kind.OVERAGE))
        .decimal(columns.beyond(Shortfall.Kind.OVERDRAFT))
        .decimal(columns.beyond(Shortfall.Kind.FORGIVEN))
        .decimal(columns.repaid())
        .decimal(entry.balance().map(UnitBalance::settled))
        .decimal(entry.balance().map(UnitBalance::held))
        .text(header.catalog())
        .text(
            columns.properties().isEmpty()
                ? Optional.empty()
                : Optional.of(JsonColumn.of(columns.properties())))
        .text(placed.body())
        .end();
  }

  private static void movements(CopyRows rows, Placed placed) {
    EntryHeader header = placed.entry().header();
    int ordinal = 0;
    for (Movement movement : Movement.of(placed.entry())) {
      rows.instant(header.recordedAt())
          .number(placed.record().partition())
          .number(placed.record().offset())
          .number(ordinal++)
          .text(header.customer().value())
          .number(header.sequence())
          .text(movement.grant().value())
          .text(movement.move())
          .text(movement.amount().toString())
          .decimal(movement.remaining())
          .end();
    }
  }
}
