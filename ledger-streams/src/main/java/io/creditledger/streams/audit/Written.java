package io.creditledger.streams.audit;

import io.creditledger.core.event.Position;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An outcome as it stands in the journal or among the rejections.
 *
 * @param type of a refusal, whether it is one or a duplicate
 * @param record as it was read
 * @param customer as the outcome names it; empty where it names none
 * @param sequence of an entry its own, of a refusal the customer's entries when it was decided
 * @param recordedAt when its input was recorded
 * @param position the input it names
 * @param catalog the catalog version it names
 */
public record Written(
    Kind kind,
    Optional<OutcomeJson.Kind> type,
    ConsumerRecord<byte[], byte[]> record,
    String customer,
    long sequence,
    Instant recordedAt,
    Position position,
    String catalog) {

  /** Which topic an outcome stands in. */
  public enum Kind {
    /** The journal. */
    ENTRY,
    /** The rejections: a refusal or a duplicate. */
    REFUSAL
  }

  /**
   * Reads a record of the journal, as far as its place goes.
   *
   * @throws IllegalStateException if it cannot be read
   */
  static Written entry(ConsumerRecord<byte[], byte[]> record) {
    EntryJson.Head head = EntryJson.headOf(present(record));
    return new Written(
        Kind.ENTRY,
        Optional.empty(),
        record,
        head.customer(),
        head.sequence(),
        head.recordedAt(),
        head.position(),
        head.catalog());
  }

  /**
   * Reads a record of the rejections, as far as its place goes.
   *
   * @throws IllegalStateException if it cannot be read
   */
  static Written refusal(ConsumerRecord<byte[], byte[]> record) {
    OutcomeJson.Parsed parsed = OutcomeJson.read(present(record));
    return new Written(
        Kind.REFUSAL,
        Optional.of(parsed.kind()),
        record,
        parsed.customer().map(Object::toString).orElse(""),
        parsed.sequence(),
        parsed.recordedAt(),
        parsed.position(),
        parsed.catalog());
  }

  private static byte[] present(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      throw new IllegalStateException("the record is empty");
    }
    return record.value();
  }

  /** The outcome's bytes as they stand there. */
  public byte[] json() {
    return record.value();
  }

  /** Where it stands, as {@code topic-partition@offset}. */
  public String place() {
    return Places.of(record);
  }
}
