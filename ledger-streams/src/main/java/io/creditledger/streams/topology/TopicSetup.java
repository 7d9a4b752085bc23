package io.creditledger.streams.topology;

import io.creditledger.relay.NewTopics;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the ledger's topics, and refuses brokers whose topics are otherwise. */
public final class TopicSetup {

  /** Settings whose difference would break a promise; the others are the operator's. */
  private static final Set<String> ESSENTIAL =
      Set.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);

  private final Admin admin;
  private final Topics topics;
  private final int partitions;
  private final short replication;
  private final String timestampType;

  /**
   * What to create.
   *
   * @param timestampType {@code LogAppendTime}, or {@code CreateTime} for scenarios
   */
  public TopicSetup(
      Admin admin, Topics topics, int partitions, short replication, String timestampType) {
    this.admin = admin;
    this.topics = topics;
    this.partitions = partitions;
    this.replication = replication;
    this.timestampType = timestampType;
  }

  /**
   * Creates what is missing and checks what is there.
   *
   * @throws TopicMismatchException if a topic exists with other partitions, cleanup or timestamps
   */
  public void ensure() throws InterruptedException {
    try {
      create();
      NewTopics.untilKnown(this::check);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the topics could not be prepared: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private void create() throws InterruptedException, ExecutionException {
    Set<String> existing = admin.listTopics().names().get();
    List<NewTopic> missing = new ArrayList<>();
    for (Topic topic : Topics.ALL) {
      if (!existing.contains(topics.name(topic))) {
        missing.add(
            new NewTopic(topics.name(topic), partitionsOf(topic), replication)
                .configs(settings(topic)));
      }
    }
    Map<String, KafkaFuture<Void>> answers = admin.createTopics(missing).values();
    List<NewTopic> made = new ArrayList<>();
    for (NewTopic topic : missing) {
      try {
        answers.get(topic.name()).get();
        made.add(topic);
      } catch (ExecutionException e) {
        // Another instance that starts at the same moment was first; what it made is checked.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    NewTopics.awaitServed(admin, made);
  }

  private void check() throws InterruptedException, ExecutionException {
    Map<String, Topic> byName = new LinkedHashMap<>();
    List<ConfigResource> resources = new ArrayList<>();
    for (Topic topic : Topics.ALL) {
      byName.put(topics.name(topic), topic);
      resources.add(new ConfigResource(ConfigResource.Type.TOPIC, topics.name(topic)));
    }
    Map<String, TopicDescription> descriptions =
        admin.describeTopics(byName.keySet()).allTopicNames().get();
    Map<ConfigResource, Config> configs = admin.describeConfigs(resources).all().get();
    List<String> differences = new ArrayList<>();
    byName.forEach(
        (name, topic) -> {
          int actual = descriptions.get(name).partitions().size();
          if (actual != partitionsOf(topic)) {
            differences.add(
                name + " has " + actual + " partitions, wanted are " + partitionsOf(topic));
          }
          Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
          differences.addAll(differences(name, topic, config));
        });
    if (!differences.isEmpty()) {
      throw new TopicMismatchException(differences);
    }
  }

  private List<String> differences(String name, Topic topic, Config config) {
    List<String> differences = new ArrayList<>();
    new TreeMap<>(settings(topic))
        .forEach(
            (key, wanted) -> {
              ConfigEntry actual = config.get(key);
              if (ESSENTIAL.contains(key) && !wanted.equals(actual.value())) {
                differences.add(
                    name + " has " + key + "=" + actual.value() + ", wanted is " + wanted);
              }
            });
    return differences;
  }

  private int partitionsOf(Topic topic) {
    return switch (topic.partitioned()) {
      case BY_CUSTOMER -> partitions;
      case SINGLE -> 1;
    };
  }

  private Map<String, String> settings(Topic topic) {
    Map<String, String> settings = new HashMap<>(topic.settings());
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, timestampType);
    settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replication >= 3 ? "2" : "1");
    return settings;
  }
}
