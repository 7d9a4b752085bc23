package io.creditledger.streams.replay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The committed records of one topic partition, one after the other, from its beginning. */
final class TopicRecords implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SILENCE_MAX = Duration.ofMinutes(1);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition place;
  private final long end;
  private final Deque<ConsumerRecord<byte[], byte[]>> queue = new ArrayDeque<>();

  /**
   * Records up to what is committed now.
   *
   * @param consumer read-committed and without a group; this closes it
   */
  TopicRecords(Consumer<byte[], byte[]> consumer, TopicPartition place) {
    this.consumer = consumer;
    this.place = place;
    consumer.assign(List.of(place));
    consumer.seekToBeginning(List.of(place));
    this.end = consumer.endOffsets(List.of(place)).get(place);
  }

  /** The next one; empty after the last. */
  Optional<ConsumerRecord<byte[], byte[]>> next() {
    long deadline = System.nanoTime() + SILENCE_MAX.toNanos();
    while (queue.isEmpty() && consumer.position(place) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < end) {
          queue.add(record);
        }
      }
      if (System.nanoTime() > deadline) {
        throw new ReplayException(
            "the brokers have sent nothing of " + place + " for " + SILENCE_MAX.toSeconds() + " s");
      }
    }
    return Optional.ofNullable(queue.poll());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
