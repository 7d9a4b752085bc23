package io.creditledger.streams.topology;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes the store of each task; it always has a changelog, with Kafka Streams' usual settings. */
final class CommitStoreBuilder<S extends CommitStore> implements StoreBuilder<S> {

  private final String name;
  private final Supplier<S> store;

  CommitStoreBuilder(String name, Supplier<S> store) {
    this.name = name;
    this.store = store;
  }

  @Override
  public S build() {
    return store.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return true;
  }

  @Override
  public StoreBuilder<S> withLoggingEnabled(Map<String, String> config) {
    throw new UnsupportedOperationException("the changelog has the usual settings");
  }

  @Override
  public StoreBuilder<S> withLoggingDisabled() {
    throw new UnsupportedOperationException("without its changelog it is lost");
  }

  @Override
  public StoreBuilder<S> withCachingEnabled() {
    throw new UnsupportedOperationException("what changes waits for the commit already");
  }

  @Override
  public StoreBuilder<S> withCachingDisabled() {
    return this;
  }
}
