package io.creditledger.cli.bench.rig;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.NewTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** A broker in a process of its own, and what can be asked of it. */
public final class Broker implements AutoCloseable {

  /** What every topic keyed by customer has. */
  public static final int PARTITIONS = 4;

  /** As Kafka's own start script has it. */
  private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  private final ChildJvm process;
  private final KafkaConnection connection;
  private final Admin admin;

  private Broker(ChildJvm process, String bootstrapServers) {
    this.process = process;
    this.connection = new KafkaConnection(bootstrapServers, Map.of());
    this.admin = connection.admin();
  }

  /** Starts one that keeps its data in the directory, and returns once it serves. */
  public static Broker start(Path directory) {
    ChildJvm process =
        ChildJvm.start(
            BrokerMain.class,
            directory.resolve("broker.log"),
            HEAP,
            Map.of(),
            directory.resolve("kafka").toString());
    try {
      return new Broker(process, process.awaitLine(BrokerMain.READY));
    } catch (RuntimeException failed) {
      process.kill();
      throw failed;
    }
  }

  /** How clients reach it. */
  public KafkaConnection connection() {
    return connection;
  }

  /** Makes a topic of the usual partitions, and returns once they can be written to. */
  public void create(String topic) throws InterruptedException {
    List<NewTopic> made = List.of(new NewTopic(topic, PARTITIONS, (short) 1));
    answered(admin.createTopics(made).all());
    try {
      NewTopics.awaitServed(admin, made);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not serve the topic it has made", e);
    }
  }

  /** Deletes every topic whose name begins so, so that the disk does not fill up with rounds. */
  public void deleteAll(String beginning) throws InterruptedException {
    List<String> doomed =
        answered(admin.listTopics().names()).stream()
            .filter(name -> name.startsWith(beginning))
            .toList();
    answered(admin.deleteTopics(doomed).all());
  }

  /** The names of the topics that begin so. */
  public List<String> topics(String beginning) throws InterruptedException {
    return answered(admin.listTopics().names()).stream()
        .filter(name -> name.startsWith(beginning))
        .sorted()
        .toList();
  }

  /** Where what is committed ends, in each partition of the topics. */
  public Map<TopicPartition, Long> ends(Collection<String> topics) throws InterruptedException {
    Map<String, TopicDescription> descriptions =
        answered(admin.describeTopics(topics).allTopicNames());
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    descriptions.forEach(
        (topic, description) -> {
          for (TopicPartitionInfo partition : description.partitions()) {
            asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
          }
        });
    return answered(
            admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  /** How far a group has committed, in the partitions where it has. */
  public Map<TopicPartition, Long> committed(String group) throws InterruptedException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answered(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                offsets.put(partition, offset.offset());
              }
            });
    return offsets;
  }

  /** The bytes that each of the topics takes on disk, of one replica. */
  public Map<String, Long> bytesOnDisk(Collection<String> topics) throws InterruptedException {
    Map<String, Long> bytes =
        topics.stream().collect(Collectors.toMap(Function.identity(), none -> 0L));
    answered(admin.describeLogDirs(List.of(1)).allDescriptions())
        .values()
        .forEach(
            directories ->
                directories
                    .values()
                    .forEach(
                        directory ->
                            directory
                                .replicaInfos()
                                .forEach(
                                    (partition, replica) ->
                                        bytes.computeIfPresent(
                                            partition.topic(),
                                            (name, sum) -> sum + replica.size()))));
    return bytes;
  }

  private static <T> T answered(KafkaFuture<T> question) throws InterruptedException {
    try {
      return question.get(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the broker did not do as it was asked", e);
    }
  }

  /** Stops it. */
  @Override
  public void close() {
    admin.close();
    process.close();
  }
}
