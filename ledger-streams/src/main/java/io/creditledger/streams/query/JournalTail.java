package io.creditledger.streams.query;

import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.relay.Topics;
import io.creditledger.streams.topology.Decided;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the end of a partition's journal back when this instance takes the partition over, once; of
 * its rejections too, if somebody waits by then. One partition after the other, in a thread of its
 * own.
 */
final class JournalTail implements LookBack, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalTail.class);

  /** How far back a partition is read. */
  private static final long LOOK_BACK = 20_000;

  private static final Duration RETRY = Duration.ofMillis(500);
  private static final long IDLE_SECONDS = 1;
  private static final long CLOSED_WITHIN_SECONDS = 10;

  private final LogReader log;
  private final Topics topics;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> new Thread(task, "journal-tail"),
          new ThreadPoolExecutor.DiscardPolicy()); // What is asked after the close.
  private volatile boolean closed;

  JournalTail(LogReader log, Topics topics) {
    this.log = log;
    this.topics = topics;
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void read(CommittedOutcomes.TakeOver takeOver) {
    thread.execute(() -> readWhileWanted(takeOver));
  }

  private void readWhileWanted(CommittedOutcomes.TakeOver takeOver) {
    while (isWanted(takeOver)) {
      try {
        read(takeOver, places(takeOver));
        takeOver.done(); // Nothing, if it was no longer wanted.
      } catch (KafkaException | LedgerUnavailableException e) {
        if (isWanted(takeOver)) {
          // Brokers come back; until then entries wait aside, and who waits is told all the same.
          LOG.warn("the journal of partition {} cannot be read back yet", takeOver.partition(), e);
          LockSupport.parkNanos(RETRY.toNanos());
        }
      }
    }
  }

  private boolean isWanted(CommittedOutcomes.TakeOver takeOver) {
    return !closed && takeOver.isWanted();
  }

  private List<TopicPartition> places(CommittedOutcomes.TakeOver takeOver) {
    TopicPartition journal = new TopicPartition(topics.name(Topics.ENTRIES), takeOver.partition());
    return takeOver.anyExpected()
        ? List.of(journal, new TopicPartition(topics.name(Topics.REJECTIONS), takeOver.partition()))
        : List.of(journal);
  }

  private void read(CommittedOutcomes.TakeOver takeOver, List<TopicPartition> places) {
    String journal = topics.name(Topics.ENTRIES);
    log.read(
        places,
        (beginning, end) -> Math.max(beginning, end - LOOK_BACK),
        () -> isWanted(takeOver),
        record ->
            takeOver.readBack(record.topic().equals(journal) ? entry(record) : refusal(record)));
  }

  private static Decided entry(ConsumerRecord<byte[], byte[]> record) {
    return new Decided.Entry(
        EntryJson.headOf(record.value()).position(),
        Bytes.wrap(record.key()),
        Bytes.wrap(record.value()));
  }

  private static Decided refusal(ConsumerRecord<byte[], byte[]> record) {
    return Decided.Refusal.of(
        OutcomeJson.read(record.value()).position(), record.key(), Bytes.wrap(record.value()));
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(CLOSED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the reading of the journal's end did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
