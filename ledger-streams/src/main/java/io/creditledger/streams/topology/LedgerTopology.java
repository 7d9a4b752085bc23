package io.creditledger.streams.topology;

import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * What runs in Kafka Streams: three inputs, one processor with four stores, five outputs, and the
 * catalog as a table that every instance has whole.
 */
public final class LedgerTopology {

  /** The node that reads the three inputs. */
  public static final String INPUTS = "inputs";

  /** The node that decides. */
  public static final String DECIDE = "decide";

  private final Topics topics;
  private final int partitions;
  private final InstantSource clock;
  private final Duration commitInterval;
  private final TimerSettings timers;
  private final Progress progress;
  private final DecisionListener listener;
  private final Function<String, KeyValueBytesStoreSupplier> stores;

  private LedgerTopology(
      Topics topics,
      int partitions,
      InstantSource clock,
      Duration commitInterval,
      TimerSettings timers,
      Progress progress,
      DecisionListener listener,
      Function<String, KeyValueBytesStoreSupplier> stores) {
    this.topics = topics;
    this.partitions = partitions;
    this.clock = clock;
    this.commitInterval = commitInterval;
    this.timers = timers;
    this.progress = progress;
    this.listener = listener;
    this.stores = stores;
  }

  /**
   * The topology as it is deployed, its stores on disk.
   *
   * @param commitInterval between commits while inputs are decided as they come
   * @param handover whose {@link CommitHandover#clients clients} Kafka Streams is started with
   */
  public static LedgerTopology durable(
      Topics topics,
      int partitions,
      InstantSource clock,
      Duration commitInterval,
      TimerSettings timers,
      Progress progress,
      CommitHandover handover) {
    return new LedgerTopology(
        topics,
        partitions,
        clock,
        commitInterval,
        timers,
        progress,
        handover,
        Stores::persistentKeyValueStore);
  }

  /**
   * The same topology with its stores in memory, for tests. The index of ids still has its files in
   * the state directory, which must be no other's.
   */
  public static LedgerTopology inMemory(
      Topics topics, int partitions, InstantSource clock, TimerSettings timers) {
    return new LedgerTopology(
        topics,
        partitions,
        clock,
        CommitPace.LONGEST,
        timers,
        new Progress(),
        DecisionListener.NOBODY,
        Stores::inMemoryKeyValueStore);
  }

  /** The topology. */
  public Topology build() {
    Topology topology = new Topology();
    StoreSetup.addCatalog(topology, topics);
    topology.addSource(
        AutoOffsetReset.earliest(),
        INPUTS,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.name(Topics.USAGE_EVENTS),
        topics.name(Topics.GRANT_EVENTS),
        topics.name(Topics.EXPIRY_EVENTS));
    Supplier<CommitPace> pace =
        ThreadLocal.withInitial(() -> new CommitPace(commitInterval, clock))::get;
    topology.addProcessor(
        DECIDE,
        () -> new LedgerProcessor(topics, partitions, clock, pace, timers, progress, listener),
        INPUTS);
    // Usage changes an account and adds an id each time; grants and timers change seldom.
    topology.addStateStore(StoreSetup.accounts(stores.apply(StoreNames.ACCOUNTS)), DECIDE);
    topology.addStateStore(StoreSetup.ids(stores.apply(StoreNames.PROCESSED_IDS)), DECIDE);
    addStore(topology, stores.apply(StoreNames.GRANTS));
    addStore(topology, stores.apply(StoreNames.TIMERS));
    addSink(topology, Outcomes.ENTRIES_SINK, Topics.ENTRIES);
    addRejections(topology);
    addSink(topology, Outcomes.BALANCES_SINK, Topics.BALANCES);
    addSink(topology, Outcomes.ALERTS_SINK, Topics.ALERTS);
    addSink(topology, Outcomes.TIMERS_SINK, Topics.EXPIRY_EVENTS);
    return topology;
  }

  private static void addStore(Topology topology, KeyValueBytesStoreSupplier supplier) {
    topology.addStateStore(StoreSetup.store(supplier), DECIDE);
  }

  /** A sink whose records go by their key, which brings them where their input came from. */
  private void addSink(Topology topology, String name, Topic topic) {
    topology.addSink(
        name, topics.name(topic), new ByteArraySerializer(), Addressed.SERIALIZER, DECIDE);
  }

  /** What was refused may have come with a key that belongs elsewhere, or with none. */
  private void addRejections(Topology topology) {
    topology.addSink(
        Outcomes.REJECTIONS_SINK,
        topics.name(Topics.REJECTIONS),
        new ByteArraySerializer(),
        Addressed.SERIALIZER,
        Addressed.PARTITIONER,
        DECIDE);
  }
}
