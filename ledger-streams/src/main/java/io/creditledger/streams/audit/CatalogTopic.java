package io.creditledger.streams.audit;

import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the catalog topic whole. */
public final class CatalogTopic {

  private static final Duration POLL = Duration.ofMillis(200);

  private CatalogTopic() {}

  /**
   * Every catalog version that was ever in force until now.
   *
   * @param consumer without a group; left open
   */
  public static CatalogHistory history(Consumer<byte[], byte[]> consumer, Topics topics) {
    return CatalogHistory.of(records(consumer, topics));
  }

  private static Map<String, byte[]> records(Consumer<byte[], byte[]> consumer, Topics topics) {
    Map<String, byte[]> records = new HashMap<>();
    TopicPartition partition = new TopicPartition(topics.name(Topics.CATALOG), 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        records.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
      }
    }
    return records;
  }
}
