package io.creditledger.streams.topology;

import io.creditledger.relay.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** How the stores are made, in the ledger and in its shadow. */
final class StoreSetup {

  private StoreSetup() {}

  /** A store with a changelog. */
  static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(KeyValueBytesStoreSupplier supplier) {
    return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled();
  }

  /** The accounts before a store of bytes, with a changelog. */
  static StoreBuilder<AccountStore> accounts(KeyValueBytesStoreSupplier disk) {
    return new CommitStoreBuilder<>(
        disk.name(), () -> new AccountStore(logged(new WriteBehindStore(disk.get()), disk)));
  }

  /** The ids in segments, with a changelog of them, beside an index that has none. */
  static StoreBuilder<IdStore> ids(KeyValueBytesStoreSupplier disk) {
    return new CommitStoreBuilder<>(
        disk.name(),
        () -> {
          KeyValueStore<Bytes, byte[]> both = disk.get();
          WriteBehindStore segments = new WriteBehindStore(both);
          return new IdStore(new IdIndex(both), segments, logged(segments, disk));
        });
  }

  /** The store behind one that writes to the changelog at once. */
  private static KeyValueStore<Bytes, byte[]> logged(
      WriteBehindStore store, KeyValueBytesStoreSupplier disk) {
    return store(WriteBehindStore.supplied(store, disk)).build();
  }

  /** Adds the catalog topic as a table that every instance has whole. */
  static void addCatalog(Topology topology, Topics topics) {
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(StoreNames.CATALOG),
                Serdes.String(),
                Serdes.ByteArray())
            .withLoggingDisabled(),
        "catalog-topic",
        new StringDeserializer(),
        new ByteArrayDeserializer(),
        topics.name(Topics.CATALOG),
        "keep-catalog",
        CatalogKeeper::new);
  }

  /** Keeps the catalog topic's records as they come. */
  private static final class CatalogKeeper implements Processor<String, byte[], Void, Void> {
    private KeyValueStore<String, byte[]> store;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore(StoreNames.CATALOG);
    }

    @Override
    public void process(Record<String, byte[]> record) {
      store.put(record.key(), record.value());
    }
  }
}
