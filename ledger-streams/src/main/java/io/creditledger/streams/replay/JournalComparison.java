package io.creditledger.streams.replay;

import io.creditledger.core.entry.Hash;
import io.creditledger.core.replay.Divergence;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of a topic of outcomes, live and replayed, record by record.
 *
 * @param records compared
 * @param live digest of the live records' keys and values in order
 * @param replayed digest of the replayed ones
 * @param difference the first, in words; absent where no byte differs
 */
public record JournalComparison(
    String topic,
    int partition,
    long records,
    Hash live,
    Hash replayed,
    Optional<String> difference) {

  /**
   * Compares the first records of both.
   *
   * @param count of the live records that were replayed
   */
  static JournalComparison of(ReplaySettings settings, Topic topic, int partition, long count) {
    TopicPartition live = new TopicPartition(settings.live().name(topic), partition);
    TopicPartition shadow = new TopicPartition(settings.shadow().name(topic), partition);
    Digest liveDigest = new Digest();
    Digest shadowDigest = new Digest();
    Optional<String> difference = Optional.empty();
    try (TopicRecords liveRecords = new TopicRecords(settings.kafka().reader(), live);
        TopicRecords shadowRecords = new TopicRecords(settings.kafka().reader(), shadow)) {
      for (long i = 0; i < count; i++) {
        Optional<ConsumerRecord<byte[], byte[]>> recorded = liveRecords.next();
        Optional<ConsumerRecord<byte[], byte[]>> derived = shadowRecords.next();
        recorded.ifPresent(liveDigest::add);
        derived.ifPresent(shadowDigest::add);
        if (difference.isEmpty()) {
          difference = difference(recorded, derived);
        }
      }
      Optional<ConsumerRecord<byte[], byte[]>> surplus = shadowRecords.next();
      surplus.ifPresent(shadowDigest::add);
      if (difference.isEmpty()) {
        difference = surplus.map(record -> "the replay has one more record, " + place(record));
      }
    }
    return new JournalComparison(
        topic.name(), partition, count, liveDigest.value(), shadowDigest.value(), difference);
  }

  private static Optional<String> difference(
      Optional<ConsumerRecord<byte[], byte[]>> recorded,
      Optional<ConsumerRecord<byte[], byte[]>> derived) {
    if (recorded.isEmpty()) {
      return Optional.of("the live topic ends before the replay does");
    }
    if (derived.isEmpty()) {
      return Optional.of("the replay has nothing for " + place(recorded.get()));
    }
    if (!Arrays.equals(recorded.get().key(), derived.get().key())) {
      return Optional.of(
          place(recorded.get()) + " and " + place(derived.get()) + " have different keys");
    }
    if (Arrays.equals(recorded.get().value(), derived.get().value())) {
      return Optional.empty();
    }
    return Optional.of(
        place(recorded.get())
            + " of "
            + new String(recorded.get().key(), StandardCharsets.UTF_8)
            + ": "
            + divergence(recorded.get(), derived.get()));
  }

  private static Divergence divergence(
      ConsumerRecord<byte[], byte[]> recorded, ConsumerRecord<byte[], byte[]> derived) {
    return recorded.topic().endsWith(Topics.ENTRIES.name())
        ? Divergence.ofEntries(recorded.value(), derived.value()).orElseThrow()
        : Divergence.ofBytes(recorded.value(), derived.value());
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
