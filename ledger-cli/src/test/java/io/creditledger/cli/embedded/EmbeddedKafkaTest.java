package io.creditledger.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class EmbeddedKafkaTest {

  private static final String TOPIC = "notes";

  @TempDir private Path directory;

  @Test
  void whatWasWrittenIsThereAfterARestartOnAnotherPort() throws Exception {
    // given
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      write(kafka.bootstrapServers(), "one", "two");
    }

    // when
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {

      // then
      assertThat(notes(kafka, 2)).containsExactly("one", "two");
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    // given
    try (ChildJvm child = ChildJvm.start(Writer.class, directory.toString())) {
      child.awaitLine(Writer.WRITTEN);

      // when
      child.kill();
    }

    // then
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      assertThat(notes(kafka, 2)).containsExactly("before", "the kill");
    }
  }

  @Test
  void aTransactionLeavesNothingBehindWhenItIsAborted() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      // given
      createTopic(kafka.bootstrapServers());

      // when
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "writer-1"),
              new StringSerializer(),
              new StringSerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "aborted")).get();
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "committed")).get();
        producer.commitTransaction();
      }

      // then
      assertThat(notes(kafka, 1)).containsExactly("committed");
    }
  }

  @Test
  void aTopicIsNotCreatedByAskingForIt() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {

      assertThatThrownBy(() -> admin.describeTopics(List.of("absent")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, Loopback.address())) {

      assertThatThrownBy(() -> EmbeddedKafka.start(directory, taken.getLocalPort()))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void aDirectoryInUseIsRefused() {
    try (EmbeddedKafka first = EmbeddedKafka.start(directory)) {
      assertThat(first.bootstrapServers()).startsWith("127.0.0.1:");

      assertThatThrownBy(() -> EmbeddedKafka.start(directory))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining(directory.toString());
    }
  }

  /** Starts a Kafka in its own JVM, writes two records, says so, and waits to be killed. */
  static final class Writer {

    static final String WRITTEN = "written";

    public static void main(String[] args) throws Exception {
      EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]));
      write(kafka.bootstrapServers(), "before", "the kill");
      System.out.println(WRITTEN);
      Thread.currentThread().join();
    }
  }

  private static void write(String servers, String... notes) throws Exception {
    createTopic(servers);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
      for (String note : notes) {
        producer.send(new ProducerRecord<>(TOPIC, note)).get();
      }
    }
  }

  private static void createTopic(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  /** The committed records of the topic, once there are as many as expected, in a bounded time. */
  private static List<String> notes(EmbeddedKafka kafka, int expected) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(TOPIC, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<String> notes = new ArrayList<>();
      while (notes.size() < expected) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> notes.add(record.value()));
      }
      return notes;
    }
  }
}
