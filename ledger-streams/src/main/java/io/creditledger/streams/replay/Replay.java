package io.creditledger.streams.replay;

import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import io.creditledger.streams.audit.AuditException;
import io.creditledger.streams.audit.Fence;
import io.creditledger.streams.topology.ShadowTopology;
import io.creditledger.streams.topology.StoreNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Lives through a ledger's history again, in a shadow of it, and compares what came out. The ledger
 * may go on meanwhile; nothing of its is written to.
 */
public final class Replay {

  private static final Duration TRANSACTIONS_WITHIN = Duration.ofSeconds(90);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final ReplaySettings settings;
  private Optional<ReplayFeed> feed = Optional.empty();

  /** A replay, not begun. */
  public Replay(ReplaySettings settings) {
    this.settings = settings;
  }

  /**
   * Replays up to what is committed now. The replay's topics stay, for whoever wants to look.
   *
   * @throws ReplayException if it cannot be made
   */
  public ReplayReport run() throws InterruptedException {
    try (Admin admin = settings.kafka().admin()) {
      Fence fence =
          Fence.now(admin, settings.live(), settings.applicationId(), TRANSACTIONS_WITHIN);
      checkWhole(fence);
      short replication =
          new ShadowTopics(admin, settings.prefix())
              .create(settings.live().name(Topics.ENTRIES), fence.partitions());
      long begun = System.nanoTime();
      List<ReplayFeed.Fed> fed = feed(fence);
      Duration feeding = Duration.ofNanos(System.nanoTime() - begun);
      if (fed.stream().anyMatch(one -> one.entries() + one.refusals() > 0)) {
        decide(admin, fence.partitions(), replication);
      }
      return compared(admin, fed, feeding, Duration.ofNanos(System.nanoTime() - begun));
    } catch (AuditException unreadable) {
      throw new ReplayException(unreadable.getMessage(), unreadable);
    }
  }

  /** How many inputs were fed by now; for any thread. */
  public synchronized long inputs() {
    return feed.map(ReplayFeed::inputs).orElse(0L);
  }

  /**
   * Removes what a replay left under the prefix.
   *
   * @return the topics removed
   * @throws ReplayException if no replay was made under it
   */
  public Set<String> discard() throws InterruptedException {
    try (Admin admin = settings.kafka().admin()) {
      return new ShadowTopics(admin, settings.prefix()).remove(settings.shadowId());
    }
  }

  static void checkWhole(Fence fence) {
    fence
        .begins()
        .forEach(
            (place, begin) -> {
              if (begin > 0) {
                throw new ReplayException(
                    "the first "
                        + begin
                        + " records of "
                        + place
                        + " are gone: a replay needs the log from its beginning; ./ledger audit"
                        + " can begin at a checkpoint");
              }
            });
  }

  private List<ReplayFeed.Fed> feed(Fence fence) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(settings.threads());
    try (Producer<byte[], byte[]> producer = settings.kafka().writer()) {
      copyCatalogs(producer);
      ReplayFeed writing = new ReplayFeed(settings, fence, producer);
      synchronized (this) {
        feed = Optional.of(writing);
      }
      List<Future<ReplayFeed.Fed>> running = new ArrayList<>();
      for (int partition = 0; partition < fence.partitions(); partition++) {
        int one = partition;
        running.add(executor.submit(() -> writing.feed(one)));
      }
      List<ReplayFeed.Fed> fed = new ArrayList<>();
      for (Future<ReplayFeed.Fed> future : running) {
        fed.add(finished(future));
      }
      return fed;
    } finally {
      executor.shutdownNow();
    }
  }

  static <T> T finished(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new ReplayException("the ledger cannot be read: " + e.getCause(), e.getCause());
    }
  }

  /** The shadow decides by copies, so that it reads no topic but its own. */
  private void copyCatalogs(Producer<byte[], byte[]> producer) {
    TopicPartition live = new TopicPartition(settings.live().name(Topics.CATALOG), 0);
    String copy = settings.shadow().name(Topics.CATALOG);
    try (TopicRecords records = new TopicRecords(settings.kafka().reader(), live)) {
      for (Optional<ConsumerRecord<byte[], byte[]>> record = records.next();
          record.isPresent();
          record = records.next()) {
        var unused =
            producer.send(new ProducerRecord<>(copy, 0, record.get().key(), record.get().value()));
      }
    }
    producer.flush();
  }

  private void decide(Admin admin, int partitions, short replication) throws InterruptedException {
    List<TopicPartition> feeds = new ArrayList<>();
    List<TopicPartition> written = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      feeds.add(ShadowLedger.feed(settings.shadow(), partition));
      for (Topic topic : List.of(Topics.ENTRIES, Topics.REJECTIONS)) {
        written.add(new TopicPartition(settings.shadow().name(topic), partition));
      }
      for (String store : ShadowTopology.STORES) {
        written.add(
            new TopicPartition(ShadowTopics.changelog(settings.shadowId(), store), partition));
      }
    }
    ShadowLedger shadow = ShadowLedger.start(settings, partitions, replication);
    try (shadow) {
      shadow.awaitDecided(admin, ends(admin, feeds, IsolationLevel.READ_COMMITTED));
    }
    awaitVisible(admin, written);
  }

  /** A transaction is committed a moment before the last of its markers is written. */
  private static void awaitVisible(Admin admin, List<TopicPartition> written)
      throws InterruptedException {
    Map<TopicPartition, Long> ends = ends(admin, written, IsolationLevel.READ_UNCOMMITTED);
    long deadline = System.nanoTime() + TRANSACTIONS_WITHIN.toNanos();
    while (!ends(admin, written, IsolationLevel.READ_COMMITTED).equals(ends)) {
      if (System.nanoTime() > deadline) {
        throw new ReplayException(
            "a transaction of the shadow stays open: replay into another prefix");
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
  }

  private static Map<TopicPartition, Long> ends(
      Admin admin, List<TopicPartition> places, IsolationLevel isolation)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    places.forEach(place -> asked.put(place, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    try {
      admin
          .listOffsets(asked, new ListOffsetsOptions(isolation))
          .all()
          .get()
          .forEach((place, info) -> ends.put(place, info.offset()));
    } catch (ExecutionException e) {
      throw new ReplayException("Kafka cannot be read: " + e.getCause().getMessage(), e.getCause());
    }
    return ends;
  }

  private ReplayReport compared(
      Admin admin, List<ReplayFeed.Fed> fed, Duration feeding, Duration took)
      throws InterruptedException {
    List<JournalComparison> journals = new ArrayList<>();
    List<StateComparison> states = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean fedAny = fed.stream().anyMatch(one -> one.entries() + one.refusals() > 0);
    boolean stores = fedAny && hasChangelog(admin);
    if (!fedAny) {
      notes.add("nothing was recorded until then");
    } else if (!stores) {
      notes.add(
          "the live stores are not compared: there is no topic "
              + ShadowTopics.changelog(settings.applicationId(), StoreNames.ACCOUNTS)
              + "; name the service's --application-id");
    }
    for (ReplayFeed.Fed one : fed) {
      journals.add(JournalComparison.of(settings, Topics.ENTRIES, one.partition(), one.entries()));
      journals.add(
          JournalComparison.of(settings, Topics.REJECTIONS, one.partition(), one.refusals()));
      if (stores) {
        states.add(StateComparison.of(settings, one.partition()));
      }
    }
    return new ReplayReport(
        fed.stream().mapToLong(ReplayFeed.Fed::entries).sum(),
        fed.stream().mapToLong(ReplayFeed.Fed::refusals).sum(),
        journals,
        states,
        notes,
        feeding,
        took);
  }

  private boolean hasChangelog(Admin admin) throws InterruptedException {
    try {
      return admin
          .listTopics()
          .names()
          .get()
          .contains(ShadowTopics.changelog(settings.applicationId(), StoreNames.ACCOUNTS));
    } catch (ExecutionException e) {
      throw new ReplayException("Kafka cannot be read: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
