package io.creditledger.streams.topology;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A store in memory with its changelog in a list, in place of Kafka Streams. */
final class CommittingStores {

  /** What was written to the changelog, a null for what was deleted. */
  final List<KeyValue<Bytes, byte[]>> changelog = new ArrayList<>();

  private final Path directory;

  private BatchingStateRestoreCallback restore = records -> {};

  /**
   * The store of a task of its own.
   *
   * @param directory the task's
   */
  CommittingStores(Path directory) {
    this.directory = directory;
  }

  /** A store that writes to the changelog and to another store. */
  @SuppressWarnings("unchecked")
  KeyValueStore<Bytes, byte[]> logged(KeyValueStore<Bytes, byte[]> store) {
    return (KeyValueStore<Bytes, byte[]>)
        Proxy.newProxyInstance(
            CommittingStores.class.getClassLoader(),
            new Class<?>[] {KeyValueStore.class},
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "put" ->
                    changelog.add(KeyValue.pair((Bytes) arguments[0], (byte[]) arguments[1]));
                case "delete" -> changelog.add(KeyValue.pair((Bytes) arguments[0], null));
                default -> {}
              }
              return method.invoke(store, arguments);
            });
  }

  /** Opens a store. */
  <S extends StateStore> S open(S store) {
    StateStoreContext context =
        (StateStoreContext)
            Proxy.newProxyInstance(
                CommittingStores.class.getClassLoader(),
                new Class<?>[] {StateStoreContext.class},
                (self, method, arguments) -> {
                  if (method.getName().equals("register")
                      && arguments[1] instanceof BatchingStateRestoreCallback callback) {
                    restore = callback;
                  }
                  return switch (method.getName()) {
                    case "appConfigs" -> Map.of();
                    case "stateDir" -> directory.toFile();
                    case "recordMetadata" -> Optional.empty();
                    default -> null;
                  };
                });
    store.init(context, store);
    return store;
  }

  /** A store in memory that is to be opened. */
  static KeyValueStore<Bytes, byte[]> memory() {
    return Stores.inMemoryKeyValueStore("store").get();
  }

  /** Restores the store that was opened here from another's changelog. */
  void restoreFrom(CommittingStores other) {
    List<KeyValue<byte[], byte[]>> records = new ArrayList<>();
    other.changelog.forEach(one -> records.add(KeyValue.pair(one.key.get(), one.value)));
    restore.restoreAll(records);
  }

  /** Keeps the last of each key, as a compacted topic does. */
  void compact() {
    Map<Bytes, byte[]> last = new LinkedHashMap<>();
    for (KeyValue<Bytes, byte[]> one : changelog) {
      last.remove(one.key);
      last.put(one.key, one.value);
    }
    changelog.clear();
    last.forEach((key, value) -> changelog.add(KeyValue.pair(key, value)));
  }

  /** The scope of no processor in particular. */
  static CommitScope scope() {
    return CommitScope.of(
        (ProcessorContext<?, ?>)
            Proxy.newProxyInstance(
                CommittingStores.class.getClassLoader(),
                new Class<?>[] {InternalProcessorContext.class},
                (self, method, arguments) -> null));
  }
}
