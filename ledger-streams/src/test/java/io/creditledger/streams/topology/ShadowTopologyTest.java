package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a replay cannot do anything to anybody: it has nothing to do it with. */
class ShadowTopologyTest {

  private static final Topics SHADOW = Topics.prefixed("replay-1-");
  private static final Instant RECORDED = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir private Path directory;

  @Test
  void a_shadow_reads_its_feed_and_writes_its_own_journal_and_rejections_and_nothing_else() {
    // given
    Topology topology = ShadowTopology.build(SHADOW, 4);

    // when
    Set<String> read = new TreeSet<>();
    Set<String> written = new TreeSet<>();
    TopologyDescription described = topology.describe();
    described.globalStores().forEach(store -> read.addAll(store.source().topicSet()));
    described
        .subtopologies()
        .forEach(
            part ->
                part.nodes()
                    .forEach(
                        node -> {
                          switch (node) {
                            case TopologyDescription.Source source ->
                                read.addAll(source.topicSet());
                            case TopologyDescription.Sink sink ->
                                written.add(String.valueOf(sink.topic()));
                            default -> assertThat(node.name()).isEqualTo(LedgerTopology.DECIDE);
                          }
                        }));

    // then
    assertThat(read).containsExactly("replay-1-ledger.catalog", "replay-1-ledger.replay-feed");
    assertThat(written).containsExactly("replay-1-ledger.entries", "replay-1-ledger.rejections");
  }

  @Test
  void time_brings_nothing_about_in_a_shadow_and_nobody_is_told_of_anything() {
    // given: a grant that ends, and a customer who wants to be told when little is left.
    try (TopologyTestDriver driver = driver()) {
      String catalog = publish(driver);
      feed(
          driver,
          catalog,
          0,
          "{\"type\":\"configure\",\"id\":\"s\",\"customer\":\"cus_1\","
              + "\"alerts\":{\"credits\":{\"low\":\"50\"}}}");
      feed(
          driver,
          catalog,
          1,
          "{\"id\":\"g\",\"customer\":\"cus_1\",\"amount\":\"10\","
              + "\"expires_at\":\"2026-11-02T00:00:00Z\"}");

      // when
      driver.advanceWallClockTime(Duration.ofDays(365));

      // then
      assertThat(driver.producedTopicNames())
          .filteredOn(topic -> !topic.endsWith("-changelog"))
          .containsExactly("replay-1-ledger.entries");
      assertThat(
              driver
                  .createOutputTopic(
                      SHADOW.name(Topics.ENTRIES),
                      new ByteArrayDeserializer(),
                      new ByteArrayDeserializer())
                  .readValuesToList())
          .extracting(json -> EntryJson.typeOf(EntryJson.read(json).change()).wireName())
          .containsExactly("configure", "grant");
    }
  }

  private TopologyTestDriver driver() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "replay-1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    return new TopologyTestDriver(ShadowTopology.build(SHADOW, 1), properties, RECORDED);
  }

  private static String publish(TopologyTestDriver driver) {
    var catalog = CatalogYaml.parse("test", "units: {credits: {name: Credits}}");
    driver
        .createInputTopic(
            SHADOW.name(Topics.CATALOG), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(catalog.version(), TopologyFixture.bytes(CatalogYaml.toJson(catalog)));
    return catalog.version();
  }

  private static void feed(TopologyTestDriver driver, String catalog, long offset, String event) {
    Topic feed = Topics.REPLAY_FEED;
    ProducerRecord<byte[], byte[]> record =
        new FedInput(
                new InputRecord(
                    new Position(Source.GRANT, 0, offset),
                    RECORDED,
                    TopologyFixture.bytes("cus_1"),
                    TopologyFixture.bytes(event),
                    new RecordHeaders()),
                catalog)
            .record(SHADOW.name(feed));
    driver
        .createInputTopic(SHADOW.name(feed), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeRecordList(
            List.of(new TestRecord<>(record.key(), record.value(), record.headers(), RECORDED)));
  }
}
