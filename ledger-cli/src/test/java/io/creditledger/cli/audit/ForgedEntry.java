package io.creditledger.cli.audit;

import io.creditledger.core.wire.EntryJson;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record that somebody who should not has added to the journal.
 *
 * @param place topic, partition and offset, as an audit writes them
 * @param customer whose entry it pretends to be
 */
record ForgedEntry(String place, String customer) {

  /** Charges the last usage of a partition once more. */
  static ForgedEntry in(KafkaConnection kafka, int partition) {
    ConsumerRecord<byte[], byte[]> last = lastUsage(kafka, partition);
    long sequence = EntryJson.sequenceOf(last.value());
    String forged =
        new String(last.value(), StandardCharsets.UTF_8)
            .replace("\"sequence\":" + sequence, "\"sequence\":" + (sequence + 1));
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            last.topic(), partition, last.key(), forged.getBytes(StandardCharsets.UTF_8));
    try (Producer<byte[], byte[]> producer = kafka.writer()) {
      long offset = producer.send(record).get().offset();
      return new ForgedEntry(
          last.topic() + "-" + partition + "@" + offset,
          new String(last.key(), StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new AssertionError("the forged entry was not taken", e);
    }
  }

  private static ConsumerRecord<byte[], byte[]> lastUsage(KafkaConnection kafka, int partition) {
    TopicPartition place = new TopicPartition(Topics.ENTRIES.name(), partition);
    List<ConsumerRecord<byte[], byte[]>> usages = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = kafka.reader()) {
      consumer.assign(List.of(place));
      long end = consumer.endOffsets(List.of(place)).get(place);
      while (consumer.position(place) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (new String(record.value(), StandardCharsets.UTF_8).contains("\"type\":\"usage\"")) {
            usages.add(record);
          }
        }
      }
    }
    return usages.getLast();
  }
}
