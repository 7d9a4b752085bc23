package io.creditledger.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries committed records of topics into PostgreSQL, exactly once: what the sink writes for a
 * batch and the offsets after it are one transaction. Whatever fails is tried again, for ever, from
 * where the database says; several members with one name share the partitions.
 */
public final class Relay implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  /** Writes what a batch of records comes to. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Writes rows in the transaction, and has no effect elsewhere: it may be called again with the
     * same records. A record that it cannot understand it must keep in a row of its own, since an
     * exception stops everything behind.
     *
     * @param records of all topics; each partition's in order
     */
    void write(Handle transaction, List<ConsumerRecord<byte[], byte[]>> records);
  }

  /** Where a partition that was never carried is begun. */
  public enum Beginning {
    /** At the first record there is. */
    EARLIEST,
    /** After the last record there is now: what was before is nobody's news any more. */
    LATEST
  }

  private final String name;
  private final Set<String> topics;
  private final Beginning beginning;
  private final Consumer<byte[], byte[]> consumer;
  private final Database database;
  private final Sink sink;
  private final RelayOffsets offsets;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private volatile RelayStatus status = RelayStatus.STARTING;

  /**
   * A relay, not yet started.
   *
   * @param name what its offsets are kept under
   * @param topics by their deployed names
   * @param consumer a member of the relay's group, read-committed; the relay closes it
   */
  public Relay(
      String name,
      Set<String> topics,
      Beginning beginning,
      Consumer<byte[], byte[]> consumer,
      Database database,
      Sink sink) {
    this.name = name;
    this.topics = Set.copyOf(topics);
    this.beginning = beginning;
    this.consumer = consumer;
    this.database = database;
    this.sink = sink;
    this.offsets = new RelayOffsets(name);
    this.thread = new Thread(this::run, "relay-" + name);
  }

  /** Begins to carry. */
  public void start() {
    thread.start();
  }

  /** How it goes. */
  public RelayStatus status() {
    return status;
  }

  private void run() {
    try (consumer) {
      consumer.subscribe(topics, new Assignment());
      int failures = 0;
      while (closing.getCount() > 0) {
        try {
          carry(consumer.poll(POLL));
          failures = 0;
        } catch (WakeupException closed) {
          LOG.debug("relay {} was woken to stop", name);
        } catch (RuntimeException failed) {
          failures++;
          status = status.failing(String.valueOf(failed.getMessage()));
          LOG.warn("relay {} failed and tries again", name, failed);
          pause(failures);
          rewind();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      status = status.stopped();
    }
  }

  private void carry(ConsumerRecords<byte[], byte[]> records) {
    if (next.keySet().containsAll(records.partitions())) {
      write(records);
    } else {
      // Read from somewhere before the database could say from where: read them again.
      rewind();
    }
    seekUnknown();
    status = status.running(behind());
  }

  private void write(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> after = new HashMap<>();
    records.nextOffsets().forEach((partition, at) -> after.put(partition, at.offset()));
    List<ConsumerRecord<byte[], byte[]>> batch =
        StreamSupport.stream(records.spliterator(), false).toList();
    database
        .jdbi()
        .useTransaction(
            transaction -> {
              after.forEach(
                  (partition, to) ->
                      offsets.advance(transaction, partition, next.get(partition), to));
              sink.write(transaction, batch);
            });
    next.putAll(after);
  }

  private long behind() {
    long behind = 0;
    for (TopicPartition partition : consumer.assignment()) {
      OptionalLong lag = consumer.currentLag(partition);
      behind += lag.orElse(0);
    }
    return behind;
  }

  private void seekUnknown() {
    for (TopicPartition partition : consumer.assignment()) {
      if (!next.containsKey(partition)) {
        long offset = database.jdbi().inTransaction(handle -> begun(handle, partition));
        consumer.seek(partition, offset);
        next.put(partition, offset);
      }
    }
  }

  private long begun(Handle handle, TopicPartition partition) {
    OptionalLong known = offsets.next(handle, partition);
    if (known.isPresent()) {
      return known.getAsLong();
    }
    Set<TopicPartition> one = Set.of(partition);
    long offset =
        switch (beginning) {
          case EARLIEST -> consumer.beginningOffsets(one).get(partition);
          case LATEST -> consumer.endOffsets(one).get(partition);
        };
    offsets.begin(handle, partition, offset);
    return offsets.next(handle, partition).orElseThrow();
  }

  private void rewind() {
    next.clear();
  }

  private void pause(int failures) throws InterruptedException {
    Duration wait = RETRY.after(failures, ThreadLocalRandom.current().nextDouble());
    if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("relay {} is closed while it waits", name);
    }
  }

  /**
   * What is assigned is sought before anything of it is carried; what is taken away is forgotten.
   */
  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      partitions.forEach(next::remove);
      try {
        seekUnknown();
      } catch (RuntimeException unreachable) {
        // Nothing is carried from a partition whose offset is not known.
        LOG.warn("relay {} cannot read its offsets yet: {}", name, unreachable.getMessage());
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(next::remove);
    }
  }

  /** Stops after the batch under way. */
  @Override
  public void close() {
    closing.countDown();
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
