package io.creditledger.streams.audit;

import io.creditledger.relay.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that does nothing with what it reads: what the audit's speed is measured by.
 *
 * @param records it read
 * @param took from the first request to the last record
 */
public record PlainConsumer(long records, Duration took) {

  private static final Duration POLL = Duration.ofMillis(200);

  /** Reads all topics up to the fence, but for no longer than the limit. */
  public static PlainConsumer measure(KafkaConnection kafka, Fence fence, Duration limit) {
    try (Consumer<byte[], byte[]> consumer = kafka.reader()) {
      consumer.assign(fence.ends().keySet());
      consumer.seekToBeginning(fence.ends().keySet());
      Map<TopicPartition, Long> open = new HashMap<>(fence.ends());
      long records = 0;
      long begun = System.nanoTime();
      while (!open.isEmpty() && System.nanoTime() - begun < limit.toNanos()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          records += record.value() == null ? 0 : 1;
        }
        open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      }
      return new PlainConsumer(records, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  /** Records in a second. */
  public long rate() {
    return Rates.perSecond(records, took);
  }
}
