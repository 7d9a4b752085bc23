package io.creditledger.streams.replay;

import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The rejections of a ledger, read from their topic. */
public final class RejectionLog {

  private final KafkaConnection kafka;
  private final Topics topics;

  /** The rejections of the ledger with these topics. */
  public RejectionLog(KafkaConnection kafka, Topics topics) {
    this.kafka = kafka;
    this.topics = topics;
  }

  /**
   * Those that match, the earliest recorded first.
   *
   * @param most the latest so many, so that they fit in memory
   * @throws ReplayException if the topic cannot be read
   */
  public List<Rejection> find(RejectionFilter filter, int most) throws InterruptedException {
    List<Rejection> found = new ArrayList<>();
    for (int partition = 0; partition < partitions(); partition++) {
      find(filter, new TopicPartition(topics.name(Topics.REJECTIONS), partition), found);
      found.sort(Comparator.comparing(rejection -> rejection.outcome().recordedAt()));
      found.subList(0, Math.max(0, found.size() - most)).clear();
    }
    return found;
  }

  private void find(RejectionFilter filter, TopicPartition place, List<Rejection> found) {
    try (TopicRecords records = new TopicRecords(kafka.reader(), place)) {
      for (Optional<ConsumerRecord<byte[], byte[]>> record = records.next();
          record.isPresent();
          record = records.next()) {
        OutcomeJson.Parsed outcome = OutcomeJson.read(record.get().value());
        if (filter.matches(outcome)) {
          found.add(new Rejection(outcome, record.get()));
        }
      }
    }
  }

  /**
   * The partitions of the ledger's topics.
   *
   * @throws ReplayException if the topic cannot be read
   */
  public int partitions() throws InterruptedException {
    String topic = topics.name(Topics.REJECTIONS);
    try (Admin admin = kafka.admin()) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    } catch (ExecutionException e) {
      throw new ReplayException(
          "the topic " + topic + " cannot be read: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
