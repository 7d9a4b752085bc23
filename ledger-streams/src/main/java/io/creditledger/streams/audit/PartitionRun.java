package io.creditledger.streams.audit;

import io.creditledger.core.account.Account;
import io.creditledger.core.replay.Books;
import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.checkpoint.Checkpoint;
import io.creditledger.streams.checkpoint.SignedCheckpoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of an audit: from its start to a fence, and on to later ones. By one thread at a
 * time.
 */
final class PartitionRun implements AutoCloseable {

  private final AuditSettings settings;
  private final int partition;
  private final Optional<SignedCheckpoint> start;
  private final SpilledMemories memories;
  private final Books books;
  private final KafkaPartitionLog log;
  private final JournalReader reader;
  private final PartitionAudit audit;
  private Optional<PartitionStores> stores = Optional.empty();
  private Optional<StoreAudit> comparing = Optional.empty();
  private final int partitions;
  private boolean begun;

  PartitionRun(
      AuditSettings settings,
      int partition,
      Optional<SignedCheckpoint> start,
      Fence fence,
      Supplier<CatalogHistory> catalogs) {
    this.settings = settings;
    this.partition = partition;
    this.start = start;
    this.memories = new SpilledMemories(() -> catalogs.get().idMemoryMax());
    this.books = new Books(memories);
    this.partitions = fence.partitions();
    this.log =
        new KafkaPartitionLog(
            settings.kafka().reader(), settings.topics(), partition, from(), fence);
    this.reader = new JournalReader(log);
    this.audit =
        new PartitionAudit(
            reader,
            books,
            catalogs,
            fence.partitions(),
            settings.scope(),
            account -> comparing.ifPresent(stores -> stores.accept(account)));
  }

  private Map<TopicPartition, Long> from() {
    Map<TopicPartition, Long> from = new HashMap<>();
    start.ifPresent(
        signed -> {
          for (Topic topic : Fence.TOPICS) {
            from.put(
                new TopicPartition(settings.topics().name(topic), partition),
                signed.checkpoint().offset(topic));
          }
        });
    return from;
  }

  PartitionAudit audit() {
    return audit;
  }

  /** How the stores compared with the replay in the last round, if they were compared. */
  Optional<PartitionStores> stores() {
    return stores;
  }

  /**
   * Goes on to the fence, and then to those that the comparison with the stores needs.
   *
   * @param later where those come from
   */
  void to(Fence fence, StoreRounds.FenceSource later) throws InterruptedException {
    log.extendTo(fence);
    if (!begun) {
      begun = true;
      if (!foldToStart()) {
        return;
      }
    }
    audit.run();
    if (settings.live().isPresent()) {
      StoreAudit beside =
          new StoreAudit(settings.live().get(), settings.scope(), later, log, audit, memories);
      comparing = Optional.of(beside);
      stores = Optional.of(beside.compare());
      comparing = Optional.empty();
    }
  }

  /** Comes to the start's accounts from the journal alone, and says whether they are signed so. */
  private boolean foldToStart() {
    if (start.isEmpty()) {
      return true;
    }
    Checkpoint signed = start.get().checkpoint();
    try (Consumer<byte[], byte[]> consumer = settings.kafka().reader()) {
      JournalPart.read(
          consumer, settings.topics(), partition, signed.offset(Topics.ENTRIES), this::fold);
    }
    if (audit.findingCount() > 0) {
      return false;
    }
    Checkpoint derived = checkpoint(signed.madeAt(), signed.offsets());
    if (!derived.equals(signed)) {
      audit.find(
          new Finding(
              settings.topics().name(Topics.CHECKPOINTS),
              partition,
              Finding.NO_OFFSET,
              "",
              signed.madeAt(),
              "the journal before offset "
                  + signed.offset(Topics.ENTRIES)
                  + " comes to other accounts than the checkpoint of "
                  + signed.madeAt()
                  + " was signed for: it was changed since"));
      return false;
    }
    for (Account account : books.accounts()) {
      reader.begin(account.customer().value(), account.sequence());
    }
    return true;
  }

  private boolean fold(ConsumerRecord<byte[], byte[]> record) {
    try {
      books.fold(record.value());
      return true;
    } catch (IllegalStateException broken) {
      audit.find(
          Finding.of(
              record,
              PartitionAudit.text(record.key()),
              Instant.ofEpochMilli(record.timestamp()),
              "before the checkpoint: " + broken.getMessage()));
      return false;
    }
  }

  /** A checkpoint of all that was proved until now. */
  Checkpoint checkpoint(Instant madeAt) {
    Map<String, Long> offsets = new HashMap<>();
    for (Topic topic : Fence.TOPICS) {
      offsets.put(topic.name(), log.position(topic));
    }
    return checkpoint(madeAt, offsets);
  }

  private Checkpoint checkpoint(Instant madeAt, Map<String, Long> offsets) {
    return Checkpoint.of(partition, partitions, madeAt, offsets, books.accounts());
  }

  @Override
  public void close() {
    log.close();
    memories.close();
  }
}
