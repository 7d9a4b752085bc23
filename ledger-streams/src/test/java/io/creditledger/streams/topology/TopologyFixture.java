package io.creditledger.streams.topology;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with stores in memory and a clock that the test moves. */
final class TopologyFixture implements AutoCloseable {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InMemoryTopology topology = new InMemoryTopology(now::get, START);
  private final TopologyTestDriver driver = topology.driver();

  void usage(String customer, String json) {
    send(Topics.USAGE_EVENTS, bytes(customer), bytes(json));
  }

  void grant(String customer, String json) {
    send(Topics.GRANT_EVENTS, bytes(customer), bytes(json));
  }

  void send(Topic topic, byte[] key, byte[] value) {
    input(topic).pipeInput(new TestRecord<>(key, value, now.get()));
  }

  TestInputTopic<byte[], byte[]> input(Topic topic) {
    return driver.createInputTopic(
        topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  void publish(Catalog catalog) {
    TestInputTopic<String, byte[]> topic =
        driver.createInputTopic(
            Topics.CATALOG.name(), new StringSerializer(), new ByteArraySerializer());
    topic.pipeInput(catalog.version(), bytes(CatalogYaml.toJson(catalog)));
    topic.pipeInput(Catalogs.CURRENT, bytes(catalog.version()));
  }

  void advanceTo(Instant at) {
    Duration by = Duration.between(now.get(), at);
    now.set(at);
    driver.advanceWallClockTime(by);
  }

  List<LedgerEntry> entries() {
    return output(Topics.ENTRIES).readValuesToList().stream().map(EntryJson::read).toList();
  }

  List<OutcomeJson.Parsed> refusals() {
    return output(Topics.REJECTIONS).readValuesToList().stream().map(OutcomeJson::read).toList();
  }

  TestOutputTopic<byte[], byte[]> output(Topic topic) {
    return driver.createOutputTopic(
        topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    topology.close();
  }
}
