package io.creditledger.cli.scenario;

import io.creditledger.cli.stack.TemporaryDirectory;
import io.creditledger.core.account.Account;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.scenario.Outcome;
import io.creditledger.core.scenario.ScenarioDriver;
import io.creditledger.core.scenario.View;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.wire.EventJson;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.topology.Catalogs;
import io.creditledger.streams.topology.LedgerTopology;
import io.creditledger.streams.topology.StoreKeys;
import io.creditledger.streams.topology.StoreNames;
import io.creditledger.streams.topology.TimerSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Runs scenarios on the topology as it is deployed, without a broker and with stores in memory; its
 * index of ids is in a directory that goes with it.
 */
public final class TopologyDriver implements ScenarioDriver {

  private static final Duration TICK = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofDays(36_500);

  private final ScenarioClock clock = new ScenarioClock(Instant.EPOCH);
  private final TemporaryDirectory directory = TemporaryDirectory.of("scenario");
  private final TopologyTestDriver driver;
  private final Map<Source, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Source.class);
  private final Map<Source, Long> ends = new EnumMap<>(Source.class);
  private final TestOutputTopic<byte[], byte[]> entries;
  private final TestOutputTopic<byte[], byte[]> rejections;
  private final DueTimers timers;
  private final Journal journal;
  private final FineTimes fineTimes = new FineTimes();
  private Instant now = Instant.MIN;

  /** A ledger without customers that works by that catalog. */
  public TopologyDriver(Catalog catalog) {
    Topics topics = Topics.prefixed("");
    driver =
        new TopologyTestDriver(
            LedgerTopology.inMemory(topics, 1, clock, new TimerSettings(TICK, NEVER, NEVER))
                .build(),
            properties(directory.path()),
            Instant.EPOCH);
    for (Source source : List.of(Source.USAGE, Source.GRANT)) {
      inputs.put(source, input(topics.name(source)));
    }
    entries = output(topics, Topics.ENTRIES);
    rejections = output(topics, Topics.REJECTIONS);
    timers = new DueTimers(this::account, catalog);
    journal = new Journal(timers::decided);
    publish(input(topics.name(Topics.CATALOG)), catalog);
  }

  private static Properties properties(Path directory) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "scenario");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    return properties;
  }

  private static void publish(TestInputTopic<byte[], byte[]> topic, Catalog catalog) {
    topic.pipeInput(bytes(catalog.version()), bytes(CatalogYaml.toJson(catalog)));
    topic.pipeInput(bytes(Catalogs.CURRENT), bytes(catalog.version()));
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> output(Topics topics, Topic topic) {
    return driver.createOutputTopic(
        topics.name(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void advanceTo(Instant at) {
    Optional<Instant> due = timers.until(at);
    while (due.isPresent()) {
      List<CustomerId> concerned = timers.customersUntil(due.get());
      Instant fired = FineTimes.recorded(due.get().isBefore(now) ? now : due.get());
      clock.set(fired);
      driver.advanceWallClockTime(TICK);
      readOutcomes();
      concerned.forEach(timers::look);
      if (timers.customersUntil(due.get()).containsAll(concerned)) {
        throw new IllegalStateException("no timer of " + concerned + " fired at " + fired);
      }
      due = timers.until(at);
    }
    now = at;
    clock.set(at);
  }

  @Override
  public List<Outcome> submit(List<LedgerEvent> events) {
    List<Outcome> outcomes = new ArrayList<>(events.size());
    for (LedgerEvent event : events) {
      LedgerEvent sent = fineTimes.complete(event, now);
      Source source = EventType.of(sent).source();
      long offset = ends.merge(source, 1L, Long::sum) - 1;
      inputs
          .get(source)
          .pipeInput(
              StoreKeys.customer(sent.customer()), EventJson.write(sent), FineTimes.recorded(now));
      readOutcomes();
      Outcome outcome =
          journal
              .take(new Position(source, 0, offset))
              .orElseThrow(() -> new IllegalStateException("no outcome of " + sent));
      if (outcome instanceof Outcome.Accepted) {
        fineTimes.accepted(event, sent);
      }
      timers.look(event.customer());
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private void readOutcomes() {
    entries.readValuesToList().forEach(journal::entry);
    rejections.readValuesToList().forEach(journal::refusal);
  }

  @Override
  public View view(CustomerId customer) {
    return new View(account(customer), journal.entries(customer));
  }

  private Account account(CustomerId customer) {
    return Optional.ofNullable(accounts().get(Bytes.wrap(StoreKeys.customer(customer))))
        .map(bytes -> AccountCodec.read(customer, bytes))
        .orElseGet(() -> Account.empty(customer));
  }

  @SuppressWarnings("unchecked")
  private ReadOnlyKeyValueStore<Bytes, byte[]> accounts() {
    return (ReadOnlyKeyValueStore<Bytes, byte[]>)
        driver.getAllStateStores().get(StoreNames.ACCOUNTS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void leave(CustomerId customer) {
    timers.leave(customer);
  }

  @Override
  public void close() {
    driver.close();
    directory.close();
  }
}
