package io.creditledger.streams.query;

import io.creditledger.core.id.CustomerId;
import io.creditledger.streams.topology.StoreKeys;
import io.creditledger.streams.topology.StoreNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The states in this instance's stores, read as they are. */
final class LocalStates implements StateAccess {

  /** The least bytes that come after some: the same and a zero. */
  private static final int ONE_MORE = 1;

  private final KafkaStreams streams;
  private final int partitions;
  private final HostInfo self;

  LocalStates(KafkaStreams streams, int partitions, HostInfo self) {
    this.streams = streams;
    this.partitions = partitions;
    this.self = self;
  }

  @Override
  public Owner owner(int partition) {
    StreamPartitioner<byte[], Object> there =
        (topic, key, value, count) -> Optional.of(Set.of(partition));
    KeyQueryMetadata metadata;
    try {
      metadata = streams.queryMetadataForKey(StoreNames.ACCOUNTS, new byte[0], there);
    } catch (IllegalStateException e) {
      return new Owner.Nobody(); // Not started yet, or closed.
    }
    if (metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      return new Owner.Nobody();
    }
    HostInfo host = metadata.activeHost();
    return host.equals(self)
        ? new Owner.Here()
        : new Owner.There(URI.create("http://" + host.host() + ":" + host.port()));
  }

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public List<KeptState> states(int partition, Optional<CustomerId> after, int limit) {
    Bytes from =
        Bytes.wrap(
            after
                .map(StoreKeys::customer)
                .map(key -> Arrays.copyOf(key, key.length + ONE_MORE))
                .orElse(new byte[0]));
    try {
      ReadOnlyKeyValueStore<Bytes, byte[]> accounts = store(StoreNames.ACCOUNTS, partition);
      ReadOnlyKeyValueStore<Bytes, byte[]> grants = store(StoreNames.GRANTS, partition);
      List<KeptState> states = new ArrayList<>();
      try (KeyValueIterator<Bytes, byte[]> all = accounts.range(from, null)) {
        while (all.hasNext() && states.size() < limit) {
          KeyValue<Bytes, byte[]> next = all.next();
          states.add(state(next.key.get(), next.value, grants));
        }
      }
      return states;
    } catch (InvalidStateStoreException e) {
      throw unavailable(e);
    }
  }

  @Override
  public Optional<KeptState> state(CustomerId customer) {
    byte[] key = StoreKeys.customer(customer);
    int partition = StoreKeys.partition(key, partitions);
    try {
      byte[] account = store(StoreNames.ACCOUNTS, partition).get(Bytes.wrap(key));
      return account == null
          ? Optional.empty()
          : Optional.of(state(key, account, store(StoreNames.GRANTS, partition)));
    } catch (InvalidStateStoreException e) {
      throw unavailable(e);
    }
  }

  private static KeptState state(
      byte[] key, byte[] account, ReadOnlyKeyValueStore<Bytes, byte[]> grants) {
    List<Bytes> records = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all =
        grants.prefixScan(StoreKeys.prefix(key), new ByteArraySerializer())) {
      all.forEachRemaining(grant -> records.add(Bytes.wrap(grant.value)));
    }
    CustomerId customer = new CustomerId(new String(key, StandardCharsets.UTF_8));
    return new KeptState(customer, Bytes.wrap(account), records);
  }

  private ReadOnlyKeyValueStore<Bytes, byte[]> store(String name, int partition) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(
                name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
            .withPartition(partition));
  }

  private static LedgerUnavailableException unavailable(RuntimeException cause) {
    return new LedgerUnavailableException(
        "the stores are being restored or move to another instance: " + cause.getMessage());
  }
}
