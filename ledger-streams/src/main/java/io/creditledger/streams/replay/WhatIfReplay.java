package io.creditledger.streams.replay;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.streams.audit.AuditException;
import io.creditledger.streams.audit.CatalogHistory;
import io.creditledger.streams.audit.CatalogTopic;
import io.creditledger.streams.audit.Fence;
import io.creditledger.streams.audit.SpilledMemories;
import io.creditledger.streams.topology.Catalogs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Decides a ledger's history by other rules: it reads the topics and writes nothing but temporary
 * files, which are gone at its end.
 */
public final class WhatIfReplay {

  private static final Duration TRANSACTIONS_WITHIN = Duration.ofSeconds(90);

  private final Source source;
  private final OtherRules rules;
  private final AtomicLong inputs = new AtomicLong();

  /**
   * Where the history is, and how much of it counts.
   *
   * @param applicationId of the service that decides
   * @param customers of whom; empty: of all
   * @param until the history ends, in each partition, before the first input recorded after it
   * @param threads partitions read at the same time
   */
  public record Source(
      KafkaConnection kafka,
      Topics topics,
      String applicationId,
      Set<CustomerId> customers,
      Instant until,
      int threads) {
    /** Copies the customers. */
    public Source {
      customers = Set.copyOf(customers);
    }
  }

  /** A replay by other rules, not begun. */
  public WhatIfReplay(Source source, OtherRules rules) {
    this.source = source;
    this.rules = rules;
  }

  /** How many inputs were decided by now; for any thread. */
  public long inputs() {
    return inputs.get();
  }

  /**
   * Decides everything anew, and compares.
   *
   * @param now balances are taken at {@code until}, or now if that is earlier
   * @throws ReplayException if the topics cannot be read, or do not belong together
   */
  public WhatIfReport run(Instant now) throws InterruptedException {
    long begun = System.nanoTime();
    Instant end = source.until().isBefore(now) ? source.until() : now;
    try (Admin admin = source.kafka().admin()) {
      Fence fence = Fence.now(admin, source.topics(), source.applicationId(), TRANSACTIONS_WITHIN);
      Replay.checkWhole(fence);
      List<CustomerDifference> all = all(fence, end);
      return WhatIfReport.of(inputs.get(), all, end, Duration.ofNanos(System.nanoTime() - begun));
    } catch (AuditException unreadable) {
      throw new ReplayException(unreadable.getMessage(), unreadable);
    }
  }

  private List<CustomerDifference> all(Fence fence, Instant end) throws InterruptedException {
    CatalogHistory history;
    try (Consumer<byte[], byte[]> consumer = source.kafka().reader()) {
      history = CatalogTopic.history(consumer, source.topics());
    }
    Duration idMemory = rules.idMemoryMax(history.idMemoryMax());
    ExecutorService executor = Executors.newFixedThreadPool(source.threads());
    try {
      List<Future<List<CustomerDifference>>> running = new ArrayList<>();
      for (int partition = 0; partition < fence.partitions(); partition++) {
        int one = partition;
        running.add(executor.submit(() -> of(one, history.catalogs(), idMemory, fence, end)));
      }
      List<CustomerDifference> all = new ArrayList<>();
      for (Future<List<CustomerDifference>> future : running) {
        all.addAll(Replay.finished(future));
      }
      return all;
    } finally {
      executor.shutdownNow();
    }
  }

  private List<CustomerDifference> of(
      int partition, Catalogs catalogs, Duration idMemory, Fence fence, Instant end) {
    try (SpilledMemories was = new SpilledMemories(() -> idMemory);
        SpilledMemories then = new SpilledMemories(() -> idMemory)) {
      return new PartitionWhatIf(source, rules, catalogs, fence, partition, inputs, was, then)
          .run(end);
    }
  }
}
