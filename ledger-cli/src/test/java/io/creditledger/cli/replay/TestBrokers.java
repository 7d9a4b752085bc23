package io.creditledger.cli.replay;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What a test asks of the brokers. */
final class TestBrokers {

  private final KafkaConnection kafka;

  TestBrokers(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /** Whether that application has decided all there is. */
  boolean decided(String application) throws ExecutionException, InterruptedException {
    try (Admin admin = kafka.admin()) {
      Map<String, Long> ends =
          ends(List.of(Topics.USAGE_EVENTS, Topics.GRANT_EVENTS, Topics.EXPIRY_EVENTS));
      Map<String, Long> committed = new TreeMap<>();
      admin
          .listConsumerGroupOffsets(application)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((place, offset) -> committed.put(place.toString(), offset.offset()));
      return ends.entrySet().stream()
          .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
  }

  /** The topics whose names begin so. */
  List<String> topics(String prefix) throws ExecutionException, InterruptedException {
    try (Admin admin = kafka.admin()) {
      return admin.listTopics().names().get().stream()
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  /** Where each partition of the topics ends. */
  Map<String, Long> ends(List<Topic> topics) throws ExecutionException, InterruptedException {
    try (Admin admin = kafka.admin()) {
      Set<String> names =
          topics.stream().map(Topics.prefixed("")::name).collect(Collectors.toSet());
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      admin
          .describeTopics(names)
          .allTopicNames()
          .get()
          .forEach(
              (name, described) ->
                  described
                      .partitions()
                      .forEach(
                          partition ->
                              asked.put(
                                  new TopicPartition(name, partition.partition()),
                                  OffsetSpec.latest())));
      Map<String, Long> ends = new TreeMap<>();
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> one :
          admin.listOffsets(asked).all().get().entrySet()) {
        ends.put(one.getKey().toString(), one.getValue().offset());
      }
      return ends;
    }
  }
}
