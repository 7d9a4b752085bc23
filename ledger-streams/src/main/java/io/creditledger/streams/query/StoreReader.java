package io.creditledger.streams.query;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Memory;
import io.creditledger.core.event.Position;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.GrantRecordCodec;
import io.creditledger.core.wire.MemoCodec;
import io.creditledger.relay.Topics;
import io.creditledger.streams.topology.Progress;
import io.creditledger.streams.topology.StoreKeys;
import io.creditledger.streams.topology.StoreNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads accounts and grants from the state stores of this instance. */
final class StoreReader {

  private final KafkaStreams streams;
  private final Topics topics;
  private final int partitions;
  private final Progress progress;

  StoreReader(KafkaStreams streams, Topics topics, int partitions, Progress progress) {
    this.streams = streams;
    this.topics = topics;
    this.partitions = partitions;
    this.progress = progress;
  }

  /** The account as the store has it, perhaps ahead of the journal. */
  Account account(CustomerId customer) {
    byte[] key = StoreKeys.customer(customer);
    try {
      byte[] bytes = store(StoreNames.ACCOUNTS, key).get(Bytes.wrap(key));
      return bytes == null ? Account.empty(customer) : AccountCodec.read(customer, bytes);
    } catch (InvalidStateStoreException e) {
      throw unavailable(e);
    }
  }

  /** All grants the customer ever had, in the order of their ids. */
  List<GrantRecord> grants(CustomerId customer) {
    Map<GrantId, Grant> carried = new HashMap<>();
    account(customer).grants().forEach(grant -> carried.put(grant.id(), grant));
    byte[] key = StoreKeys.customer(customer);
    List<GrantRecord> grants = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all =
        store(StoreNames.GRANTS, key)
            .prefixScan(StoreKeys.prefix(key), new ByteArraySerializer())) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        GrantRecord kept = GrantRecordCodec.read(next.value);
        Grant grant = carried.getOrDefault(kept.grant().id(), kept.grant());
        grants.add(new GrantRecord(grant, kept.details(), kept.fingerprint()));
      }
    } catch (InvalidStateStoreException e) {
      throw unavailable(e);
    }
    return grants;
  }

  /** What is remembered of a customer, read as it is asked for. */
  Memory memory(CustomerId customer) {
    byte[] key = StoreKeys.customer(customer);
    return new Memory() {
      @Override
      public Optional<Memo> memo(EventId id) {
        return read(StoreNames.PROCESSED_IDS, key, StoreKeys.event(key, id))
            .map(bytes -> MemoCodec.read(id, bytes));
      }

      @Override
      public Optional<GrantRecord> grant(GrantId id) {
        return read(StoreNames.GRANTS, key, StoreKeys.grant(key, id)).map(GrantRecordCodec::read);
      }
    };
  }

  private Optional<byte[]> read(String store, byte[] customer, byte[] key) {
    try {
      return Optional.ofNullable(store(store, customer).get(Bytes.wrap(key)));
    } catch (InvalidStateStoreException e) {
      throw unavailable(e);
    }
  }

  /** Whether the entry of that input is committed to the journal. */
  boolean committed(Position input) {
    if (!progress.decidedHere(input)) {
      return true;
    }
    TopicPartition partition = new TopicPartition(topics.name(input.source()), input.partition());
    for (TaskMetadata task : activeTasks()) {
      Long committed = task.committedOffsets().get(partition);
      if (committed != null) {
        return committed > input.offset();
      }
    }
    return false;
  }

  private List<TaskMetadata> activeTasks() {
    List<TaskMetadata> tasks = new ArrayList<>();
    try {
      for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
        tasks.addAll(thread.activeTasks());
      }
    } catch (IllegalStateException e) {
      return List.of(); // Not started yet, or closed.
    }
    return tasks;
  }

  private ReadOnlyKeyValueStore<Bytes, byte[]> store(String name, byte[] customer) {
    int partition = Utils.toPositive(Utils.murmur2(customer)) % partitions;
    return streams.store(
        StoreQueryParameters.fromNameAndType(
                name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
            .withPartition(partition));
  }

  private static LedgerUnavailableException unavailable(RuntimeException cause) {
    return new LedgerUnavailableException(
        "the account is being restored or moves to another instance: " + cause.getMessage());
  }
}
