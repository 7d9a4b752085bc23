package io.creditledger.streams.audit;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.streams.checkpoint.Checkpoint;
import io.creditledger.streams.checkpoint.SignedCheckpoint;
import io.creditledger.streams.topology.StoreKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Proves a ledger from its topics, some partitions at a time. It keeps what it has come to, so that
 * it can go on from one fence to the next.
 */
public final class Audit implements AutoCloseable {

  private static final Duration TRANSACTIONS_WITHIN = Duration.ofSeconds(90);

  private final AuditSettings settings;
  private final SortedMap<Integer, PartitionRun> runs = new TreeMap<>();
  private final ConcurrentLinkedQueue<PartitionAudit> parts = new ConcurrentLinkedQueue<>();
  private final List<String> notes = new ArrayList<>();
  private volatile CatalogHistory catalogs = CatalogHistory.EMPTY;

  /** An audit, not begun. */
  public Audit(AuditSettings settings) {
    this.settings = settings;
  }

  /**
   * The fence as of now.
   *
   * @throws AuditException if it cannot be set
   */
  public Fence fence() throws InterruptedException {
    KafkaConnection kafka = settings.kafka();
    try (Admin admin = kafka.admin();
        Consumer<byte[], byte[]> consumer = kafka.reader()) {
      Fence fence =
          Fence.now(admin, settings.topics(), settings.applicationId(), TRANSACTIONS_WITHIN);
      // What was decided by then was decided by a catalog that is in the topic by now.
      catalogs = CatalogTopic.history(consumer, settings.topics());
      return fence;
    }
  }

  /**
   * Proves everything up to the fence, from where it has come to.
   *
   * @throws AuditException if the topics cannot be read, or no checkpoint is there that is needed
   * @throws io.creditledger.streams.checkpoint.CheckpointException if a checkpoint to begin from is
   *     not signed with the operator's key
   */
  public AuditReport run(Fence fence) throws InterruptedException {
    long begun = System.nanoTime();
    Counts before = counts();
    begin(fence);
    all(fence);
    return new AuditReport(
        fence,
        counts(),
        parts.stream()
            .flatMap(part -> part.findings().stream())
            .sorted(Finding.FIRST_FIRST)
            .toList(),
        parts.stream().mapToLong(PartitionAudit::findingCount).sum(),
        runs.values().stream().flatMap(run -> run.stores().stream()).toList(),
        allNotes(),
        counts().records() - before.records(),
        Duration.ofNanos(System.nanoTime() - begun));
  }

  private List<String> allNotes() {
    List<String> all = new ArrayList<>(notes);
    long letGo = parts.stream().mapToLong(PartitionAudit::letGo).sum();
    if (letGo > 0) {
      all.add(
          letGo
              + " decisions took an id as new that the catalog in force would have remembered: its"
              + " time was over under a catalog with a shorter id_retention. Whether the service"
              + " had let it go by then, the log does not tell");
    }
    return all;
  }

  /** How much it has looked at by now; for any thread. */
  public Counts counts() {
    return parts.stream().map(PartitionAudit::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** What each partition has come to, all made at that time. */
  public List<Checkpoint> checkpoints(Instant madeAt) {
    return runs.values().stream().map(run -> run.checkpoint(madeAt)).toList();
  }

  private void begin(Fence fence) {
    Starts starts =
        new Starts(
            new CheckpointTopic(settings.kafka(), settings.topics()),
            settings.topics(),
            settings.since());
    for (int partition : partitions(fence)) {
      if (!runs.containsKey(partition)) {
        Optional<SignedCheckpoint> start = starts.of(partition, fence);
        start.ifPresent(
            signed ->
                notes.add(
                    "partition "
                        + partition
                        + " begins from the checkpoint of "
                        + signed.checkpoint().madeAt()
                        + "; what came before is taken from the journal, as it was signed"));
        PartitionRun run = new PartitionRun(settings, partition, start, fence, () -> catalogs);
        runs.put(partition, run);
        parts.add(run.audit());
      }
    }
  }

  private void all(Fence fence) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(settings.threads());
    try {
      Map<Integer, Future<?>> running = new HashMap<>();
      runs.forEach(
          (partition, run) ->
              running.put(
                  partition,
                  executor.submit(
                      () -> {
                        run.to(fence, this::fence);
                        return run;
                      })));
      for (Future<?> future : running.values()) {
        await(future);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  /** Of customers named, only the partitions that hold them. */
  private List<Integer> partitions(Fence fence) {
    return settings.scope().customers().isEmpty()
        ? IntStream.range(0, fence.partitions()).boxed().toList()
        : settings.scope().customers().stream()
            .map(customer -> StoreKeys.customer(new CustomerId(customer)))
            .map(key -> StoreKeys.partition(key, fence.partitions()))
            .distinct()
            .toList();
  }

  private static void await(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuditException known) {
        throw known;
      }
      throw new AuditException("the topics cannot be read: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    runs.values().forEach(PartitionRun::close);
  }
}
