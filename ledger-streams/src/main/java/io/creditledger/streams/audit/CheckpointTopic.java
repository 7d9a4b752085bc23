package io.creditledger.streams.audit;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.checkpoint.CheckpointException;
import io.creditledger.streams.checkpoint.SignedCheckpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The checkpoints that were published, each in the partition it is of. */
public final class CheckpointTopic {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConnection kafka;
  private final Topics topics;

  /** The topic on these brokers. */
  public CheckpointTopic(KafkaConnection kafka, Topics topics) {
    this.kafka = kafka;
    this.topics = topics;
  }

  /**
   * All checkpoints of a partition, in the order they were published; not verified.
   *
   * @throws AuditException if the topic holds something else
   */
  public List<SignedCheckpoint> of(int partition) {
    List<SignedCheckpoint> found = new ArrayList<>();
    TopicPartition place = new TopicPartition(topics.name(Topics.CHECKPOINTS), partition);
    try (Consumer<byte[], byte[]> consumer = kafka.reader()) {
      List<PartitionInfo> partitions = consumer.partitionsFor(place.topic());
      if (partitions == null || partition >= partitions.size()) {
        return List.of();
      }
      consumer.assign(List.of(place));
      consumer.seekToBeginning(List.of(place));
      long end = consumer.endOffsets(List.of(place)).get(place);
      while (consumer.position(place) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          found.add(read(record));
        }
      }
    }
    return found;
  }

  /** Those of all partitions, by partition; not verified. */
  public List<List<SignedCheckpoint>> all() {
    List<PartitionInfo> partitions;
    try (Consumer<byte[], byte[]> consumer = kafka.reader()) {
      partitions = consumer.partitionsFor(topics.name(Topics.CHECKPOINTS));
    }
    return partitions == null
        ? List.of()
        : IntStream.range(0, partitions.size()).mapToObj(this::of).toList();
  }

  private static SignedCheckpoint read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return SignedCheckpoint.read(record.value());
    } catch (CheckpointException e) {
      throw new AuditException(Places.of(record) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Publishes checkpoints, and returns once the brokers have them.
   *
   * @throws AuditException if they do not take them
   */
  public void publish(List<SignedCheckpoint> checkpoints) throws InterruptedException {
    Map<Integer, Future<?>> sent = new HashMap<>();
    try (Producer<byte[], byte[]> producer = kafka.writer()) {
      for (SignedCheckpoint signed : checkpoints) {
        int partition = signed.checkpoint().partition();
        byte[] key = ("partition-" + partition).getBytes(StandardCharsets.UTF_8);
        sent.put(
            partition,
            producer.send(
                new ProducerRecord<>(
                    topics.name(Topics.CHECKPOINTS), partition, key, signed.write())));
      }
      for (var one : sent.values()) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AuditException(
          "the checkpoints cannot be published: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
