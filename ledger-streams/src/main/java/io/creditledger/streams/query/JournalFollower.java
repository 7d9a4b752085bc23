package io.creditledger.streams.query;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Position;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is committed to the journal and the rejections of the partitions this instance owns.
 * It completes those who wait for an outcome, and keeps the newest entries at hand.
 */
final class JournalFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalFollower.class);

  /** How far back a partition is read when this instance takes it over. */
  private static final long LOOK_BACK = 20_000;

  /** Outcomes kept for someone who has sent an event and does not know its position yet. */
  private static final int EARLY_MAX = 50_000;

  private static final long IDLE_MILLIS = 20;
  private static final long RETRY_MILLIS = 500;

  private final Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Supplier<Set<Integer>> owned;
  private final RecentEntries recent;
  private final Map<Position, CompletableFuture<Outcome>> waiting = new LinkedHashMap<>();
  private final Map<Position, Outcome> early = new LinkedHashMap<>();
  private final Thread thread;
  private Set<Integer> following = Set.of();
  private int expected;
  private volatile boolean closed;

  /**
   * A follower, not yet started.
   *
   * @param consumer read-committed, without a group; the follower closes it
   * @param owned the partitions this instance owns now
   */
  JournalFollower(
      Consumer<byte[], byte[]> consumer,
      Topics topics,
      Supplier<Set<Integer>> owned,
      RecentEntries recent) {
    this.consumer = consumer;
    this.topics = topics;
    this.owned = owned;
    this.recent = recent;
    this.thread = new Thread(this::run, "journal-follower");
  }

  void start() {
    thread.start();
  }

  /** Someone is about to send an event whose outcome {@link #await} will be asked for. */
  synchronized void expect() {
    expected++;
  }

  /** The expected outcome is no longer waited for. */
  synchronized void expectNoMore() {
    expected--;
    if (expected == 0) {
      early.clear();
    }
  }

  /** Completes with the committed outcome of an input, which must have been expected. */
  synchronized CompletableFuture<Outcome> await(Position position) {
    Outcome known = early.remove(position);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    CompletableFuture<Outcome> future = new CompletableFuture<>();
    waiting.put(position, future);
    return future;
  }

  /** Nobody waits for that input any more. */
  synchronized void forget(Position position) {
    waiting.remove(position);
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        try {
          followOnce();
        } catch (WakeupException e) {
          LOG.debug("the journal follower was woken to stop");
        } catch (KafkaException e) {
          // Brokers come back; until then whoever waits for an outcome waits longer.
          LOG.warn("the journal cannot be read at the moment", e);
          Thread.sleep(RETRY_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void followOnce() throws InterruptedException {
    followOwned();
    if (following.isEmpty()) {
      Thread.sleep(IDLE_MILLIS);
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
      read(record);
    }
  }

  private void followOwned() {
    Set<Integer> wanted = owned.get();
    if (wanted.equals(following)) {
      return;
    }
    List<TopicPartition> assignment = new ArrayList<>();
    List<TopicPartition> added = new ArrayList<>();
    for (int partition : wanted) {
      for (var topic : List.of(Topics.ENTRIES, Topics.REJECTIONS)) {
        TopicPartition one = new TopicPartition(topics.name(topic), partition);
        assignment.add(one);
        if (!following.contains(partition)) {
          added.add(one);
        }
      }
    }
    consumer.assign(assignment);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(added);
    consumer
        .endOffsets(added)
        .forEach(
            (partition, end) ->
                consumer.seek(partition, Math.max(first.get(partition), end - LOOK_BACK)));
    following = new HashSet<>(wanted);
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    boolean entry = record.topic().equals(topics.name(Topics.ENTRIES));
    if (entry) {
      recent.add(
          new String(record.key(), StandardCharsets.UTF_8),
          EntryJson.sequenceOf(record.value()),
          record.value());
    }
    if (anyExpected()) {
      Outcome outcome = entry ? accepted(record.value()) : refused(record.value());
      deliver(outcome);
    }
  }

  private synchronized boolean anyExpected() {
    return expected > 0;
  }

  private void deliver(Outcome outcome) {
    CompletableFuture<Outcome> future;
    synchronized (this) {
      future = waiting.remove(outcome.position());
      if (future == null) {
        early.put(outcome.position(), outcome);
        if (early.size() > EARLY_MAX) {
          early.remove(early.keySet().iterator().next());
        }
      }
    }
    if (future != null) {
      future.complete(outcome);
    }
  }

  private static Outcome accepted(byte[] json) {
    return new Outcome.Accepted(
        EntryJson.positionOf(json),
        EntryJson.sequenceOf(json),
        new String(json, StandardCharsets.UTF_8));
  }

  private static Outcome refused(byte[] json) {
    OutcomeJson.Parsed parsed = OutcomeJson.read(json);
    return parsed.of().isPresent()
        ? new Outcome.Duplicate(parsed.position(), parsed.of().getAsLong())
        : new Outcome.Rejected(
            parsed.position(),
            Reason.valueOf(parsed.code().orElseThrow()),
            parsed.detail().orElse(""));
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
