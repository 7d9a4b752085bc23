package io.creditledger.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What has to be waited for between making a topic and writing to it. */
public final class NewTopics {

  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
  private static final Duration ASKED_AGAIN = Duration.ofMillis(20);

  /** Asks a broker about topics. */
  @FunctionalInterface
  public interface Question {
    /** Asks, and waits for the answer. */
    void ask() throws InterruptedException, ExecutionException;
  }

  private NewTopics() {}

  /**
   * Returns once the leader of each partition of the topics just made serves it.
   *
   * <p>A broker tells of a partition before it takes records for it. An idempotent producer that
   * comes in between may have its first batch refused and its second, sent right after, taken; the
   * first is then out of order whenever it is sent again, until its time is over and its records
   * are lost to their sender (KAFKA-15591).
   *
   * @throws ExecutionException if a broker refuses to tell, or does not know a topic for half a
   *     minute
   */
  public static void awaitServed(Admin admin, Collection<NewTopic> made)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (NewTopic topic : made) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    // Only a leader that has the partition's log can say where it ends.
    untilKnown(() -> admin.listOffsets(asked).all().get());
  }

  /**
   * Asks again while a broker says that it does not know what the controller has just made.
   *
   * @throws ExecutionException what the question fails with otherwise, or still after half a minute
   */
  public static void untilKnown(Question question) throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
    while (true) {
      try {
        question.ask();
        return;
      } catch (ExecutionException e) {
        boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unknown || System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(ASKED_AGAIN);
      }
    }
  }
}
