package io.creditledger.cli.demo;

import io.creditledger.relay.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the outcomes that are committed, as they come, in a thread of its own. */
final class OutcomeCounter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeCounter.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AtomicLong count = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  OutcomeCounter(String bootstrapServers) {
    Topics topics = Topics.prefixed("");
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of(Topics.ENTRIES, Topics.REJECTIONS).stream()
            .flatMap(topic -> consumer.partitionsFor(topics.name(topic)).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread = Thread.ofPlatform().name("outcome-counter").daemon().start(this::run);
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        count.addAndGet(consumer.poll(POLL).count());
      }
    } catch (WakeupException e) {
      LOG.debug("nothing more is counted");
    }
  }

  /** Outcomes so far: entries, duplicates and rejections. */
  long count() {
    return count.get();
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
