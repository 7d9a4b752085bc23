package io.creditledger.relay;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;

/** Up to where one relay has come, kept beside the rows it writes. */
final class RelayOffsets {

  /** Somebody else has carried these records meanwhile. */
  static final class OvertakenException extends RuntimeException {
    OvertakenException(TopicPartition partition) {
      super(partition + " is carried by another member by now");
    }
  }

  private final String relay;

  RelayOffsets(String relay) {
    this.relay = relay;
  }

  /** The offset to read next; empty if the partition was never carried. */
  OptionalLong next(Handle handle, TopicPartition partition) {
    return handle
        .createQuery(
            "select next_offset from relay_offset"
                + " where relay = :relay and topic = :topic and partition = :partition")
        .bindMap(key(partition))
        .mapTo(long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** Begins at an offset, unless somebody has begun already. */
  void begin(Handle handle, TopicPartition partition, long offset) {
    handle
        .createUpdate(
            "insert into relay_offset (relay, topic, partition, next_offset)"
                + " values (:relay, :topic, :partition, :offset) on conflict do nothing")
        .bindMap(key(partition))
        .bind("offset", offset)
        .execute();
  }

  /**
   * Moves on, and keeps everybody else from doing so until the transaction ends.
   *
   * @throws OvertakenException if the offset is not where it was read
   */
  void advance(Handle handle, TopicPartition partition, long from, long to) {
    int moved =
        handle
            .createUpdate(
                "update relay_offset set next_offset = :to where relay = :relay"
                    + " and topic = :topic and partition = :partition and next_offset = :from")
            .bindMap(key(partition))
            .bind("from", from)
            .bind("to", to)
            .execute();
    if (moved != 1) {
      throw new OvertakenException(partition);
    }
  }

  private Map<String, Object> key(TopicPartition partition) {
    return Map.of("relay", relay, "topic", partition.topic(), "partition", partition.partition());
  }
}
