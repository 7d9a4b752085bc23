package io.creditledger.streams.audit;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How a record's place is written. */
final class Places {

  private Places() {}

  static String of(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
