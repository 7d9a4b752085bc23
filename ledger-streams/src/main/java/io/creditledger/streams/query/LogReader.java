package io.creditledger.streams.query;

import io.creditledger.relay.KafkaConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what is committed of the log, up to where it had been written when the reading began.
 *
 * <p>The end is that of all that is written, open transactions included, and the reading waits for
 * those. Brokers answer a commit a moment before they show it, so the end of what they show could
 * lie before something that was told already.
 */
final class LogReader {

  /** Where to begin in a partition that has records from a beginning to an end. */
  interface Start {
    long of(long beginning, long end);
  }

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private final KafkaConnection kafka;

  /** A reader that opens its clients anew for each reading. */
  LogReader(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /**
   * Reads these partitions.
   *
   * @param wanted asked now and then; the reading stops early once it is false
   * @throws KafkaException if the brokers cannot be used
   * @throws LedgerUnavailableException if they send nothing for long
   */
  void read(
      List<TopicPartition> places,
      Start start,
      BooleanSupplier wanted,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> to) {
    Map<TopicPartition, Long> ends = written(places);
    try (Consumer<byte[], byte[]> consumer = kafka.reader()) {
      consumer.assign(places);
      consumer
          .beginningOffsets(places)
          .forEach(
              (place, beginning) -> consumer.seek(place, start.of(beginning, ends.get(place))));
      readTo(ends, consumer, wanted, to);
    }
  }

  private Map<TopicPartition, Long> written(Collection<TopicPartition> places) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    places.forEach(place -> asked.put(place, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (Admin admin = kafka.admin()) {
      admin
          .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
          .all()
          .get()
          .forEach((place, end) -> ends.put(place, end.offset()));
    } catch (ExecutionException e) {
      throw new KafkaException("the log's end is not known: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
    return ends;
  }

  private static void readTo(
      Map<TopicPartition, Long> ends,
      Consumer<byte[], byte[]> consumer,
      BooleanSupplier wanted,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> to) {
    long deadline = System.nanoTime() + SILENCE_MAX.toNanos();
    while (wanted.getAsBoolean()
        && ends.keySet().stream().anyMatch(place -> consumer.position(place) < ends.get(place))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
          to.accept(record);
        }
        deadline = System.nanoTime() + SILENCE_MAX.toNanos();
      }
      if (System.nanoTime() > deadline) {
        throw new LedgerUnavailableException(
            "the brokers have sent nothing for " + SILENCE_MAX.toSeconds() + " s");
      }
    }
  }
}
