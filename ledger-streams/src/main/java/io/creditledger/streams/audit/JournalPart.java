package io.creditledger.streams.audit;

import io.creditledger.relay.Topics;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One partition of the journal from its beginning to an offset. */
final class JournalPart {

  private static final Duration POLL = Duration.ofMillis(200);

  private JournalPart() {}

  /**
   * Shows each entry's record in order, until one is refused.
   *
   * @param consumer read-committed, without a group; left open
   * @param end the first offset that is not shown
   * @param each whether to go on
   */
  static void read(
      Consumer<byte[], byte[]> consumer,
      Topics topics,
      int partition,
      long end,
      Predicate<ConsumerRecord<byte[], byte[]>> each) {
    TopicPartition place = new TopicPartition(topics.name(Topics.ENTRIES), partition);
    consumer.assign(List.of(place));
    consumer.seekToBeginning(List.of(place));
    while (consumer.position(place) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < end && !each.test(record)) {
          return;
        }
      }
    }
  }
}
