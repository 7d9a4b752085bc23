package io.creditledger.cli.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics whole: from their beginning to where what is committed ends as of now. */
final class TopicScan {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int FETCH_BYTES_MAX = 16 << 20;

  private final Map<String, Object> clientProperties;

  TopicScan(Map<String, Object> clientProperties) {
    this.clientProperties = clientProperties;
  }

  /** Hands over every committed record, those of one partition in their order. */
  void read(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        for (PartitionInfo partition : consumer.partitionsFor(topic)) {
          partitions.add(new TopicPartition(topic, partition.partition()));
        }
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> open = new HashMap<>(consumer.endOffsets(partitions));
      while (true) {
        open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        if (open.isEmpty()) {
          return;
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Long end = open.get(new TopicPartition(record.topic(), record.partition()));
          if (end != null && record.offset() < end) {
            each.accept(record);
          }
        }
      }
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(clientProperties);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_MAX);
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return settings;
  }
}
