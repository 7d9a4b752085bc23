package io.creditledger.stripe.catalog;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.yaml.YamlException;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.relay.Worker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the catalog in force, by reading all of the catalog topic and what comes later. */
public final class CatalogFollower implements CatalogInForce, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** The key under which the version in force stands. */
  private static final String CURRENT = "current";

  private final KafkaConnection kafka;
  private final TopicPartition partition;
  private final Worker worker;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final Map<String, byte[]> texts = new HashMap<>();
  private volatile Catalog current = Catalog.EMPTY;

  /** A follower of that topic, not yet started. */
  public CatalogFollower(KafkaConnection kafka, Topics topics) {
    this.kafka = kafka;
    this.partition = new TopicPartition(topics.name(Topics.CATALOG), 0);
    this.worker = new Worker("catalog-follower", this::follow);
  }

  /** Begins to read. */
  public void start() {
    worker.start();
  }

  /** The catalog in force; waits, the first time, until the topic has been read to its end. */
  @Override
  public Catalog current() throws InterruptedException {
    caughtUp.await();
    return current;
  }

  /** Reads for as long as the worker lives; only what fails returns. */
  private Duration follow() {
    try (Consumer<byte[], byte[]> reader = kafka.reader()) {
      reader.assign(List.of(partition));
      reader.seekToBeginning(List.of(partition));
      long end = reader.endOffsets(List.of(partition)).get(partition);
      while (!Thread.currentThread().isInterrupted()) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          texts.put(text(record.key()), record.value());
        }
        use();
        if (reader.position(partition) >= end) {
          caughtUp.countDown();
        }
      }
    }
    return Duration.ZERO;
  }

  private void use() {
    byte[] named = texts.get(CURRENT);
    if (named == null || text(named).equals(current.version())) {
      return;
    }
    byte[] catalog = texts.get(text(named));
    if (catalog == null) {
      return;
    }
    try {
      current = CatalogYaml.parse("catalog " + text(named), text(catalog));
    } catch (YamlException wrong) {
      texts.remove(CURRENT);
      LOG.error("the catalog in force cannot be read and the one before stays", wrong);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    worker.close();
  }
}
