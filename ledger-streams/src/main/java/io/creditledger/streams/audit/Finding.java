package io.creditledger.streams.audit;

import java.time.Instant;
import java.util.Comparator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One thing that is not as it must be.
 *
 * @param topic where it was found: a topic as deployed, or what stands for one, such as a store
 * @param partition of the topic
 * @param offset of the record; -1 where it is no record
 * @param customer whom it concerns; empty where nobody is named
 * @param at when the input concerned was recorded, by which the first finding is told
 * @param what is wrong, as a sentence
 */
public record Finding(
    String topic, int partition, long offset, String customer, Instant at, String what) {

  /** The offset of what is no record. */
  public static final long NO_OFFSET = -1;

  /** Those first that concern the earliest input; those of one moment stay in their order. */
  public static final Comparator<Finding> FIRST_FIRST = Comparator.comparing(Finding::at);

  static Finding of(
      ConsumerRecord<byte[], byte[]> record, String customer, Instant at, String what) {
    return new Finding(record.topic(), record.partition(), record.offset(), customer, at, what);
  }

  /** Place, customer and what is wrong, on one line. */
  @Override
  public String toString() {
    return topic
        + "-"
        + partition
        + (offset == NO_OFFSET ? "" : "@" + offset)
        + (customer.isEmpty() ? "" : ", customer " + customer)
        + ": "
        + what;
  }
}
