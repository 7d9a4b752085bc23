package io.creditledger.streams.audit;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.replay.Books;
import io.creditledger.core.replay.HeapMemories;
import io.creditledger.core.replay.Memories;
import io.creditledger.core.replay.StateDigest;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.topology.Catalogs;
import io.creditledger.streams.topology.StoreKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
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
  private final Optional<LiveStates> live;
  private final Map<Integer, Map<String, StateDigest>> stated = new ConcurrentHashMap<>();
  private final LongAdder compared = new LongAdder();
  private final ConcurrentLinkedQueue<PartitionAudit> parts = new ConcurrentLinkedQueue<>();

  /**
   * An audit, not begun.
   *
   * @param applicationId of the service that decides
   * @param threads partitions proved at the same time
   * @param live the service's stores, where they are to be compared
   */
  public Audit(
      KafkaConnection kafka,
      Topics topics,
      String applicationId,
      AuditScope scope,
      int threads,
      Optional<LiveStates> live) {
    this.kafka = kafka;
    this.topics = topics;
    this.applicationId = applicationId;
    this.scope = scope;
    this.threads = threads;
    this.live = live;
  }

  /**
   * The fence as of now. The stores are asked before it is set, so that it stands behind them.
   *
   * @throws AuditException if it cannot be set, or the service does not answer
   */
  public Fence fence() throws InterruptedException {
    Fence first = newFence();
    if (live.isEmpty()) {
      return first;
    }
    for (int partition : partitions(first)) {
      stated.put(partition, live.get().of(partition));
    }
    return newFence();
  }

  private Fence newFence() throws InterruptedException {
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
        compared.sum(),
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

  private PartitionAudit one(int partition, Fence fence, Catalogs catalogs)
      throws InterruptedException {
    try (KafkaPartitionLog log =
        new KafkaPartitionLog(kafka.reader(), topics, partition, Map.of(), fence)) {
      Memories memories = new HeapMemories();
      StoreComparison comparison =
          new StoreComparison(covered(stated.getOrDefault(partition, Map.of())), memories);
      PartitionAudit audit =
          new PartitionAudit(
              new JournalReader(log),
              new Books(memories),
              catalogs,
              fence.partitions(),
              scope,
              comparison);
      parts.add(audit);
      audit.run();
      if (live.isPresent()) {
        new StoreRounds(live.get(), this::newFence, log, audit, comparison)
            .settle(unstated(partition, audit));
        compared.add(comparison.compared());
      }
      return audit;
    }
  }

  private Map<String, StateDigest> covered(Map<String, StateDigest> states) {
    Map<String, StateDigest> covered = new HashMap<>(states);
    covered.keySet().removeIf(customer -> !scope.covers(customer));
    return covered;
  }

  /** Customers of the journal of whom the service had no state when it was asked. */
  private Set<String> unstated(int partition, PartitionAudit audit) {
    Set<String> customers =
        audit.books().accounts().stream()
            .map(account -> account.customer().value())
            .collect(Collectors.toCollection(TreeSet::new));
    customers.removeAll(stated.getOrDefault(partition, Map.of()).keySet());
    return customers;
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
