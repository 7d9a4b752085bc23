package io.creditledger.streams.topology;

import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes the {@link AccountStore} of each task, before a store with a changelog. */
final class AccountStoreBuilder implements StoreBuilder<AccountStore> {

  private final StoreBuilder<KeyValueStore<Bytes, byte[]>> store;

  AccountStoreBuilder(StoreBuilder<KeyValueStore<Bytes, byte[]>> store) {
    this.store = store;
  }

  @Override
  public AccountStore build() {
    return new AccountStore(store.build());
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public Map<String, String> logConfig() {
    return store.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return store.loggingEnabled();
  }

  @Override
  public StoreBuilder<AccountStore> withLoggingEnabled(Map<String, String> config) {
    return new AccountStoreBuilder(store.withLoggingEnabled(config));
  }

  @Override
  public StoreBuilder<AccountStore> withLoggingDisabled() {
    return new AccountStoreBuilder(store.withLoggingDisabled());
  }

  @Override
  public StoreBuilder<AccountStore> withCachingEnabled() {
    throw new UnsupportedOperationException("accounts wait for the commit already");
  }

  @Override
  public StoreBuilder<AccountStore> withCachingDisabled() {
    return this;
  }
}
