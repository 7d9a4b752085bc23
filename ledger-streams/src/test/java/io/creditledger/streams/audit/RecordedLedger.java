package io.creditledger.streams.audit;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.topology.Catalogs;
import io.creditledger.streams.topology.InMemoryTopology;
import io.creditledger.streams.topology.StoreKeys;
import io.creditledger.streams.topology.StoreNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The real topology with its topics kept in lists, as the brokers would have them: a test reads
 * them, or changes them behind the ledger's back.
 */
final class RecordedLedger implements AutoCloseable {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InMemoryTopology topology = new InMemoryTopology(now::get, START);
  private final TopologyTestDriver driver = topology.driver();
  private final Map<Topic, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();
  private final List<Map<Topic, Integer>> commits = new ArrayList<>();
  private final Map<String, byte[]> catalogs = new HashMap<>();
  private final Map<Bytes, byte[]> edited = new HashMap<>();

  RecordedLedger() {
    Fence.TOPICS.forEach(topic -> topics.put(topic, new ArrayList<>()));
  }

  Instant now() {
    return now.get();
  }

  void grant(String customer, String json) {
    send(Topics.GRANT_EVENTS, bytes(customer), bytes(json), new RecordHeaders());
  }

  void usage(String customer, String json) {
    send(Topics.USAGE_EVENTS, bytes(customer), bytes(json), new RecordHeaders());
  }

  void send(Topic topic, byte[] key, byte[] value, Headers headers) {
    append(topic, now().toEpochMilli(), key, value, headers);
    driver
        .createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers, now()));
    collect();
  }

  void publish(Catalog catalog) {
    var topic =
        driver.createInputTopic(
            Topics.CATALOG.name(), new StringSerializer(), new ByteArraySerializer());
    byte[] json = bytes(CatalogYaml.toJson(catalog));
    topic.pipeInput(catalog.version(), json);
    topic.pipeInput(Catalogs.CURRENT, bytes(catalog.version()));
    catalogs.put(catalog.version(), json);
    catalogs.put(Catalogs.CURRENT, bytes(catalog.version()));
  }

  void advance(Duration by) {
    now.set(now().plus(by));
    driver.advanceWallClockTime(by);
    collect();
  }

  private void collect() {
    for (Topic topic : List.of(Topics.EXPIRY_EVENTS, Topics.ENTRIES, Topics.REJECTIONS)) {
      driver
          .createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readRecordsToList()
          .forEach(
              record ->
                  append(
                      topic, record.timestamp(), record.key(), record.value(), record.headers()));
    }
    Map<Topic, Integer> sizes = new HashMap<>();
    topics.forEach((topic, records) -> sizes.put(topic, records.size()));
    commits.add(sizes);
  }

  private void append(Topic topic, long timestamp, byte[] key, byte[] value, Headers headers) {
    List<ConsumerRecord<byte[], byte[]>> records = topics.get(topic);
    records.add(record(topic, records.size(), timestamp, key, value, headers));
  }

  static ConsumerRecord<byte[], byte[]> record(
      Topic topic, long offset, long timestamp, byte[] key, byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        topic.name(),
        0,
        offset,
        timestamp,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        key,
        value,
        headers,
        Optional.empty());
  }

  /** A topic's records; changes to the list are changes to the topic. */
  List<ConsumerRecord<byte[], byte[]>> topic(Topic topic) {
    return topics.get(topic);
  }

  /** The same record with another value, at the same place. */
  static ConsumerRecord<byte[], byte[]> with(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.timestampType(),
        0,
        0,
        record.key(),
        value,
        record.headers(),
        Optional.empty());
  }

  CatalogHistory catalogs() {
    return CatalogHistory.of(catalogs);
  }

  /** The account's bytes in the store; null where there are none. */
  byte[] account(CustomerId customer) {
    Bytes key = Bytes.wrap(StoreKeys.customer(customer));
    return edited.getOrDefault(key, accounts().get(key));
  }

  @SuppressWarnings("unchecked")
  private ReadOnlyKeyValueStore<Bytes, byte[]> accounts() {
    return (ReadOnlyKeyValueStore<Bytes, byte[]>)
        driver.getAllStateStores().get(StoreNames.ACCOUNTS);
  }

  /** Has the store tell other bytes than the ledger wrote. */
  void edit(CustomerId customer, byte[] account) {
    edited.put(Bytes.wrap(StoreKeys.customer(customer)), account);
  }

  KeyValueStore<Bytes, byte[]> grants() {
    return driver.getKeyValueStore(StoreNames.GRANTS);
  }

  /** The topics as they are now, every input to be decided. */
  PartitionLog log() {
    return new MemoryLog(topics);
  }

  /** How often all that had come was decided, which is as if it was committed then. */
  int commits() {
    return commits.size();
  }

  /** How many records a topic had at a commit. */
  int sizeAt(int commit, Topic topic) {
    return commits.get(commit).get(topic);
  }

  /**
   * The topics as a fence may have them that was put up while something was committed.
   *
   * @param decided the last commit before the fence
   * @param entries the last one that the journal's end is behind
   * @param rejections the same for the rejections
   */
  PartitionLog log(int decided, int entries, int rejections) {
    Map<Topic, List<ConsumerRecord<byte[], byte[]>>> cut = new HashMap<>(topics);
    cut.computeIfPresent(Topics.ENTRIES, (topic, all) -> all.subList(0, sizeAt(entries, topic)));
    cut.computeIfPresent(
        Topics.REJECTIONS, (topic, all) -> all.subList(0, sizeAt(rejections, topic)));
    return new MemoryLog(cut, commits.get(decided));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    topology.close();
  }
}
