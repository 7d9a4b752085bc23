package io.creditledger.stripe.reconcile;

import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.wire.EntryJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal's topic, read without a group: nobody else's reading is disturbed. */
final class KafkaJournal implements JournalSource {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaJournal.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Supplier<Consumer<byte[], byte[]>> readers;

  /**
   * Reads with consumers that read what is committed.
   *
   * @param readers makes one; it is closed here
   */
  KafkaJournal(Supplier<Consumer<byte[], byte[]>> readers) {
    this.readers = readers;
  }

  @Override
  public void read(Fence fence, java.util.function.Consumer<List<LedgerEntry>> reader) {
    Set<TopicPartition> partitions = fence.offsets().keySet();
    if (partitions.isEmpty()) {
      return;
    }
    try (Consumer<byte[], byte[]> consumer = readers.get()) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!isAt(fence, consumer)) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        List<LedgerEntry> entries = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
          read(fence, record, entries);
        }
        reader.accept(entries);
        stopBehind(fence, consumer);
      }
    }
  }

  private static void read(
      Fence fence, ConsumerRecord<byte[], byte[]> record, List<LedgerEntry> entries) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (record.offset() >= fence.offsets().get(partition)) {
      return;
    }
    try {
      entries.add(EntryJson.read(record.value()));
    } catch (IllegalStateException unreadable) {
      // It was kept as unread when it was carried, and counts nowhere.
      LOG.warn("{}@{} cannot be read and is left out", partition, record.offset());
    }
  }

  private static boolean isAt(Fence fence, Consumer<byte[], byte[]> consumer) {
    return fence.offsets().entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static void stopBehind(Fence fence, Consumer<byte[], byte[]> consumer) {
    consumer.pause(
        fence.offsets().entrySet().stream()
            .filter(end -> consumer.position(end.getKey()) >= end.getValue())
            .map(Map.Entry::getKey)
            .toList());
  }
}
