package io.creditledger.cli.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.creditledger.relay.NewTopics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that tells of a partition does not take its records yet. */
@Timeout(120)
final class NewTopicsTest {

  /** So many that a broker is not done with them when it first tells of them. */
  private static final int PARTITIONS = 300;

  private static final byte[] ANYTHING = {1};

  @TempDir private Path directory;

  @Test
  void theFirstRecordOfEachPartitionIsTakenAtOnce() throws Exception {
    // given
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        KafkaProducer<byte[], byte[]> producer = neverTryingAgain(kafka)) {
      for (int round = 0; round < 3; round++) {
        String topic = "new-" + round;
        List<NewTopic> made = List.of(new NewTopic(topic, PARTITIONS, (short) 1));
        admin.createTopics(made).all().get();

        // when
        NewTopics.awaitServed(admin, made);

        // then
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
          sent.add(producer.send(new ProducerRecord<>(topic, partition, null, ANYTHING)));
        }
        for (Future<RecordMetadata> one : sent) {
          assertThatCode(one::get).doesNotThrowAnyException();
        }
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> neverTryingAgain(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "enable.idempotence",
            false,
            "retries",
            0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
