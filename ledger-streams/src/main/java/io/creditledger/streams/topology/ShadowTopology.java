package io.creditledger.streams.topology;

import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * What a replay runs in place of {@link LedgerTopology}: the same judgement and the same stores,
 * but one source, which is fed in the journal's order, and two sinks, the journal and the
 * rejections. It has no sink for balances, alerts or timers' events and never looks at the time, so
 * that nothing can come of it outside its own topics.
 */
public final class ShadowTopology {

  /** The topics it reads and writes, all under the replay's prefix. */
  public static final List<Topic> TOPICS =
      List.of(Topics.REPLAY_FEED, Topics.ENTRIES, Topics.REJECTIONS, Topics.CATALOG);

  /** The stores it has a changelog for. */
  public static final List<String> STORES =
      List.of(StoreNames.ACCOUNTS, StoreNames.PROCESSED_IDS, StoreNames.GRANTS);

  private static final String FEED = "feed";

  private ShadowTopology() {}

  /**
   * The topology on a replay's topics.
   *
   * @param partitions of the ledger that is replayed
   */
  public static Topology build(Topics topics, int partitions) {
    Topology topology = new Topology();
    StoreSetup.addCatalog(topology, topics);
    topology.addSource(
        AutoOffsetReset.earliest(),
        FEED,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.name(Topics.REPLAY_FEED));
    topology.addProcessor(LedgerTopology.DECIDE, () -> new ShadowProcessor(partitions), FEED);
    topology.addStateStore(
        StoreSetup.accounts(Stores.persistentKeyValueStore(StoreNames.ACCOUNTS)),
        LedgerTopology.DECIDE);
    topology.addStateStore(
        StoreSetup.ids(Stores.persistentKeyValueStore(StoreNames.PROCESSED_IDS)),
        LedgerTopology.DECIDE);
    topology.addStateStore(
        StoreSetup.store(Stores.persistentKeyValueStore(StoreNames.GRANTS)), LedgerTopology.DECIDE);
    addSink(topology, Outcomes.ENTRIES_SINK, topics.name(Topics.ENTRIES));
    addSink(topology, Outcomes.REJECTIONS_SINK, topics.name(Topics.REJECTIONS));
    return topology;
  }

  private static void addSink(Topology topology, String name, String topic) {
    topology.addSink(
        name,
        topic,
        new ByteArraySerializer(),
        Addressed.SERIALIZER,
        Addressed.PARTITIONER,
        LedgerTopology.DECIDE);
  }
}
