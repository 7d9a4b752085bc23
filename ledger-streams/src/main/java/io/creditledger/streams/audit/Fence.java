package io.creditledger.streams.audit;

import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The offsets that a reading of the ledger is as of. Behind the fence all is committed and stays as
 * it is, so two readings up to the same fence find the same.
 *
 * @param partitions of the topics keyed by customer
 * @param begins the first offset that each topic partition still has
 * @param ends where reading ends, of each topic partition; only what is committed lies before it
 * @param decided of each input's topic partition, the offset before which every record must have an
 *     outcome before the fence; records from there to the end may have one
 */
public record Fence(
    int partitions,
    Map<TopicPartition, Long> begins,
    Map<TopicPartition, Long> ends,
    Map<TopicPartition, Long> decided) {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** Topics of one partition for each customer partition that a fence stands in. */
  static final List<Topic> TOPICS =
      List.of(
          Topics.ENTRIES,
          Topics.REJECTIONS,
          Topics.USAGE_EVENTS,
          Topics.GRANT_EVENTS,
          Topics.EXPIRY_EVENTS);

  /** Copies the offsets. */
  public Fence {
    begins = Map.copyOf(begins);
    ends = Map.copyOf(ends);
    decided = Map.copyOf(decided);
  }

  /** How many offsets the inputs have before it; somewhat more than there are records. */
  public long inputs(Topics topics) {
    return inputs(topics, partitions).stream()
        .mapToLong(one -> ends.get(one) - begins.get(one))
        .sum();
  }

  /**
   * A fence as of now. What the service has committed to have read must have its outcomes before
   * the fence; it waits until transactions that are open now have ended one way or the other.
   *
   * @param applicationId of the service, whose group's offsets are asked for; where there is no
   *     such group, no record must have an outcome
   * @param within how long to wait for open transactions
   * @throws AuditException if the ledger's topics are not there, or a transaction stays open
   */
  public static Fence now(Admin admin, Topics topics, String applicationId, Duration within)
      throws InterruptedException {
    try {
      int partitions = partitions(admin, topics);
      List<TopicPartition> inputs = inputs(topics, partitions);
      List<TopicPartition> outcomes = partitionsOf(topics, TOPICS.subList(0, 2), partitions);
      Map<TopicPartition, Long> decided = committed(admin, applicationId, inputs);
      // In this order: an outcome's input is in its topic before the outcome is in its own.
      Map<TopicPartition, Long> ends = new HashMap<>(settled(admin, outcomes, within));
      ends.putAll(offsets(admin, inputs, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED));
      List<TopicPartition> all = new ArrayList<>(inputs);
      all.addAll(outcomes);
      Map<TopicPartition, Long> begins =
          offsets(admin, all, OffsetSpec.earliest(), IsolationLevel.READ_COMMITTED);
      return new Fence(partitions, begins, ends, decided);
    } catch (ExecutionException e) {
      throw unreachable(e);
    }
  }

  private static int partitions(Admin admin, Topics topics)
      throws InterruptedException, ExecutionException {
    List<String> names = TOPICS.stream().map(topics::name).toList();
    Map<String, TopicDescription> descriptions = new LinkedHashMap<>();
    for (var described : admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        descriptions.put(described.getKey(), described.getValue().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          throw new AuditException(
              "there is no topic "
                  + described.getKey()
                  + " on these brokers: name the right brokers and the ledger's topic prefix");
        }
        throw e;
      }
    }
    List<Integer> counts =
        descriptions.values().stream().map(one -> one.partitions().size()).distinct().toList();
    if (counts.size() != 1) {
      throw new AuditException("the topics have different numbers of partitions: " + counts);
    }
    return counts.getFirst();
  }

  private static List<TopicPartition> inputs(Topics topics, int partitions) {
    return partitionsOf(topics, TOPICS.subList(2, 5), partitions);
  }

  private static List<TopicPartition> partitionsOf(
      Topics topics, List<Topic> which, int partitions) {
    List<TopicPartition> all = new ArrayList<>();
    for (Topic topic : which) {
      for (int partition = 0; partition < partitions; partition++) {
        all.add(new TopicPartition(topics.name(topic), partition));
      }
    }
    return all;
  }

  private static Map<TopicPartition, Long> committed(
      Admin admin, String group, List<TopicPartition> inputs)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> offsets;
    try {
      offsets =
          admin
              .listConsumerGroupOffsets(
                  group, new ListConsumerGroupOffsetsOptions().requireStable(true))
              .partitionsToOffsetAndMetadata()
              .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
    Map<TopicPartition, Long> decided = new HashMap<>();
    for (TopicPartition input : inputs) {
      OffsetAndMetadata offset = offsets.get(input);
      if (offset != null) {
        decided.put(input, offset.offset());
      }
    }
    return decided;
  }

  /** The committed ends, once they have passed all that was written until now. */
  private static Map<TopicPartition, Long> settled(
      Admin admin, List<TopicPartition> partitions, Duration within)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, Long> written =
        offsets(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      Map<TopicPartition, Long> committed =
          offsets(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
      List<TopicPartition> open =
          partitions.stream().filter(one -> committed.get(one) < written.get(one)).toList();
      if (open.isEmpty()) {
        return committed;
      }
      if (System.nanoTime() > deadline) {
        throw new AuditException(
            "a transaction in "
                + open.getFirst()
                + " stays open: wait until the brokers have ended it, a minute after its writer"
                + " was lost");
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(one -> asked.put(one, spec));
    Map<TopicPartition, ListOffsetsResultInfo> answer =
        admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all().get();
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answer.forEach((one, info) -> offsets.put(one, info.offset()));
    return offsets;
  }

  private static AuditException unreachable(ExecutionException e) {
    return new AuditException("Kafka cannot be read: " + e.getCause().getMessage(), e.getCause());
  }
}
