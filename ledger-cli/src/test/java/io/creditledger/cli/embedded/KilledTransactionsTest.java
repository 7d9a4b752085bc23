package io.creditledger.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions of many producers, on a node that is killed while it commits some of them. */
@Timeout(240)
final class KilledTransactionsTest {

  private static final String TOPIC = "notes";
  private static final int KILLS = 3;

  /** So many that at any moment one of them is being committed. */
  private static final int PRODUCERS = 16;

  private static final List<TopicPartition> PARTITIONS =
      IntStream.range(0, 4).mapToObj(partition -> new TopicPartition(TOPIC, partition)).toList();

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void whatAKillInterruptsIsEndedEverywhereAndInTheSameWay() throws Exception {
    // when
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildJvm child =
          ChildJvm.start(Committer.class, directory.toString(), Integer.toString(kill))) {
        child.awaitLine(Committer.BUSY);
        child.kill();
      }
    }

    // then
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      for (int kill = 0; kill < KILLS; kill++) {
        for (int producer = 0; producer < PRODUCERS; producer++) {
          abortWhatIsUndecided(kafka.bootstrapServers(), transactionalId(kill, producer));
        }
      }
      try (KafkaConsumer<String, String> committed =
              consumer(kafka.bootstrapServers(), IsolationLevel.READ_COMMITTED);
          KafkaConsumer<String, String> all =
              consumer(kafka.bootstrapServers(), IsolationLevel.READ_UNCOMMITTED)) {
        Map<TopicPartition, Long> ends = all.endOffsets(PARTITIONS);
        await()
            .atMost(LIMIT)
            .untilAsserted(() -> assertThat(committed.endOffsets(PARTITIONS)).isEqualTo(ends));
        Map<TopicPartition, Set<String>> notes = notes(committed, ends);
        assertThat(notes.keySet()).containsExactlyInAnyOrderElementsOf(PARTITIONS);
        assertThat(notes.values().stream().distinct()).hasSize(1);
      }
    }
  }

  private static String transactionalId(int kill, int producer) {
    return "committer-" + kill + "-" + producer;
  }

  private static void abortWhatIsUndecided(String servers, String transactionalId) {
    try (KafkaProducer<String, String> producer = producer(servers, transactionalId)) {
      producer.initTransactions();
    }
  }

  private static Map<TopicPartition, Set<String>> notes(
      KafkaConsumer<String, String> consumer, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Set<String>> notes = new HashMap<>();
    consumer.seekToBeginning(PARTITIONS);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer
          .poll(Duration.ofMillis(100))
          .forEach(
              record ->
                  notes
                      .computeIfAbsent(
                          new TopicPartition(TOPIC, record.partition()), any -> new HashSet<>())
                      .add(record.value()));
    }
    return notes;
  }

  private static KafkaConsumer<String, String> consumer(String servers, IsolationLevel isolation) {
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", isolation.toString()),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.assign(PARTITIONS);
    return consumer;
  }

  private static KafkaProducer<String, String> producer(String servers, String transactionalId) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers, "transactional.id", transactionalId),
        new StringSerializer(),
        new StringSerializer());
  }

  /** A node and its producers in one JVM; each transaction writes one note to every partition. */
  static final class Committer {

    static final String BUSY = "busy";
    private static final int BUSY_AFTER = 50;

    public static void main(String[] args) throws Exception {
      EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]));
      createTopic(kafka.bootstrapServers());
      CountDownLatch busy = new CountDownLatch(PRODUCERS);
      for (int i = 0; i < PRODUCERS; i++) {
        String id = transactionalId(Integer.parseInt(args[1]), i);
        Thread.ofPlatform().start(() -> commit(kafka.bootstrapServers(), id, busy));
      }
      busy.await();
      System.out.println(BUSY);
    }

    private static void commit(String servers, String id, CountDownLatch busy) {
      try (KafkaProducer<String, String> producer = producer(servers, id)) {
        producer.initTransactions();
        for (int i = 0; true; i++) {
          producer.beginTransaction();
          for (TopicPartition partition : PARTITIONS) {
            var unused =
                producer.send(
                    new ProducerRecord<>(TOPIC, partition.partition(), null, id + " " + i));
          }
          producer.commitTransaction();
          if (i == BUSY_AFTER) {
            busy.countDown();
          }
        }
      }
    }

    private static void createTopic(String servers) throws Exception {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
        if (!admin.listTopics().names().get().contains(TOPIC)) {
          admin
              .createTopics(
                  List.of(new NewTopic(TOPIC, Optional.of(PARTITIONS.size()), Optional.empty())))
              .all()
              .get();
        }
      }
    }
  }
}
