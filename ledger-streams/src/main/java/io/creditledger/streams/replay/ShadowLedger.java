package io.creditledger.streams.replay;

import io.creditledger.relay.Topics;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.StreamsSettings;
import io.creditledger.streams.http.ApiKeys;
import io.creditledger.streams.topology.ShadowTopology;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** The ledger's shadow at work: decides what it is fed, and stops when it has decided all. */
final class ShadowLedger implements AutoCloseable {

  /** Nobody waits for a single decision, so commits may be far apart. */
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  /** So long nothing may be decided before the replay is given up. */
  private static final Duration SILENCE_MAX = Duration.ofMinutes(2);

  private final ReplaySettings settings;
  private final KafkaStreams streams;
  private final AtomicReference<Throwable> failure;

  private ShadowLedger(
      ReplaySettings settings, KafkaStreams streams, AtomicReference<Throwable> failure) {
    this.settings = settings;
    this.streams = streams;
    this.failure = failure;
  }

  static ShadowLedger start(ReplaySettings settings, int partitions, short replication) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    KafkaStreams streams =
        new KafkaStreams(
            ShadowTopology.build(settings.shadow(), partitions),
            StreamsSettings.of(config(settings, partitions, replication), ""));
    streams.setUncaughtExceptionHandler(
        failed -> {
          failure.compareAndSet(null, failed);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
    return new ShadowLedger(settings, streams, failure);
  }

  private static LedgerConfig config(ReplaySettings settings, int partitions, short replication) {
    LedgerConfig local =
        LedgerConfig.local(settings.kafka().bootstrapServers(), settings.stateDir());
    return new LedgerConfig(
        local.bootstrapServers(),
        settings.kafka().properties(),
        settings.shadowId(),
        "replay-1",
        settings.prefix(),
        partitions,
        replication,
        local.stateDir(),
        settings.threads(),
        0,
        COMMIT_INTERVAL,
        local.timers(),
        local.timestamps(),
        local.host(),
        local.port(),
        local.advertised(),
        Clock.systemUTC(),
        ApiKeys.NONE);
  }

  /**
   * Returns once all of the feed up to these ends is decided and committed.
   *
   * @throws ReplayException if the shadow fails, or does nothing for two minutes
   */
  void awaitDecided(Admin admin, Map<TopicPartition, Long> ends) throws InterruptedException {
    long last = -1;
    long deadline = System.nanoTime() + SILENCE_MAX.toNanos();
    while (true) {
      checkRunning();
      Map<TopicPartition, OffsetAndMetadata> committed = committed(admin);
      if (ends.entrySet().stream()
          .allMatch(end -> offset(committed, end.getKey()) >= end.getValue())) {
        return;
      }
      long sum = ends.keySet().stream().mapToLong(place -> offset(committed, place)).sum();
      if (sum > last) {
        last = sum;
        deadline = System.nanoTime() + SILENCE_MAX.toNanos();
      }
      if (System.nanoTime() > deadline) {
        throw new ReplayException(
            "the shadow has decided nothing for "
                + SILENCE_MAX.toSeconds()
                + " s (it is "
                + streams.state()
                + "): see whether the brokers run, and replay into another prefix");
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
  }

  private void checkRunning() {
    Throwable failed = failure.get();
    if (failed != null) {
      Throwable why = failed;
      while (why.getCause() != null) {
        why = why.getCause();
      }
      throw new ReplayException("the shadow has failed: " + why.getMessage(), failed);
    }
  }

  /** A partition without a record has no committed offset, and needs none. */
  private static long offset(
      Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition place) {
    OffsetAndMetadata offset = committed.get(place);
    return offset == null ? 0 : offset.offset();
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(Admin admin)
      throws InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(settings.shadowId())
          .partitionsToOffsetAndMetadata()
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw new ReplayException("Kafka cannot be read: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** The feed's partition of that number. */
  static TopicPartition feed(Topics shadow, int partition) {
    return new TopicPartition(shadow.name(Topics.REPLAY_FEED), partition);
  }

  /** Stops it and has it leave its group; its stores stay in the directory it was given. */
  @Override
  public void close() {
    streams.close(
        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSE_LIMIT));
  }
}
