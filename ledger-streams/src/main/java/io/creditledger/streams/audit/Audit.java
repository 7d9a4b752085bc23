package io.creditledger.streams.audit;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.replay.Books;
import io.creditledger.core.replay.HeapMemories;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.topology.Catalogs;
import io.creditledger.streams.topology.StoreKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;

/** Proves a ledger from its topics, some partitions at a time. */
public final class Audit {

  private static final Duration TRANSACTIONS_WITHIN = Duration.ofSeconds(90);

  private final KafkaConnection kafka;
  private final Topics topics;
  private final String applicationId;
  private final AuditScope scope;
  private final int threads;
  private final ConcurrentLinkedQueue<PartitionAudit> parts = new ConcurrentLinkedQueue<>();

  /**
   * An audit, not begun.
   *
   * @param applicationId of the service that decides
   * @param threads partitions proved at the same time
   */
  public Audit(
      KafkaConnection kafka, Topics topics, String applicationId, AuditScope scope, int threads) {
    this.kafka = kafka;
    this.topics = topics;
    this.applicationId = applicationId;
    this.scope = scope;
    this.threads = threads;
  }

  /**
   * The fence as of now.
   *
   * @throws AuditException if it cannot be set
   */
  public Fence fence() throws InterruptedException {
    try (Admin admin = kafka.admin()) {
      return Fence.now(admin, topics, applicationId, TRANSACTIONS_WITHIN);
    }
  }

  /**
   * Proves everything up to the fence.
   *
   * @throws AuditException if the topics cannot be read
   */
  public AuditReport run(Fence fence) throws InterruptedException {
    long begun = System.nanoTime();
    Catalogs catalogs;
    try (Consumer<byte[], byte[]> consumer = kafka.reader()) {
      catalogs = CatalogTopic.read(consumer, topics);
    }
    List<PartitionAudit> done = all(fence, catalogs);
    return new AuditReport(
        fence,
        counts(),
        done.stream()
            .flatMap(part -> part.findings().stream())
            .sorted(Finding.FIRST_FIRST)
            .toList(),
        done.stream().mapToLong(PartitionAudit::findingCount).sum(),
        0,
        List.of(),
        Duration.ofNanos(System.nanoTime() - begun));
  }

  /** How much it has looked at by now; for any thread. */
  public Counts counts() {
    return parts.stream().map(PartitionAudit::counts).reduce(Counts.NONE, Counts::plus);
  }

  private List<PartitionAudit> all(Fence fence, Catalogs catalogs) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<PartitionAudit>> running = new ArrayList<>();
      for (int partition : partitions(fence)) {
        running.add(executor.submit(() -> one(partition, fence, catalogs)));
      }
      List<PartitionAudit> done = new ArrayList<>();
      for (Future<PartitionAudit> future : running) {
        done.add(finished(future));
      }
      return done;
    } finally {
      executor.shutdownNow();
    }
  }

  /** Of customers named, only the partitions that hold them. */
  private Set<Integer> partitions(Fence fence) {
    return scope.customers().isEmpty()
        ? IntStream.range(0, fence.partitions()).boxed().collect(Collectors.toSet())
        : scope.customers().stream()
            .map(customer -> StoreKeys.customer(new CustomerId(customer)))
            .map(key -> StoreKeys.partition(key, fence.partitions()))
            .collect(Collectors.toSet());
  }

  private PartitionAudit one(int partition, Fence fence, Catalogs catalogs) {
    try (PartitionLog log =
        new KafkaPartitionLog(kafka.reader(), topics, partition, Map.of(), fence)) {
      PartitionAudit audit =
          new PartitionAudit(
              new JournalReader(log),
              new Books(new HeapMemories()),
              catalogs,
              fence.partitions(),
              scope,
              account -> {});
      parts.add(audit);
      audit.run();
      return audit;
    }
  }

  private static PartitionAudit finished(Future<PartitionAudit> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuditException known) {
        throw known;
      }
      throw new AuditException("the topics cannot be read: " + e.getCause(), e.getCause());
    }
  }
}
