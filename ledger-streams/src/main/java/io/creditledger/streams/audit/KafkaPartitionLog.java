package io.creditledger.streams.audit;

import io.creditledger.relay.Topic;
import io.creditledger.relay.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition read from the brokers with one consumer. Topics progress at different rates, so those
 * that are ahead are paused: at most some thousand records of each are in memory.
 */
public final class KafkaPartitionLog implements PartitionLog {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SILENCE_MAX = Duration.ofMinutes(2);

  /** Above it a topic is paused; one more poll's records may follow. */
  private static final int QUEUED_MAX = 4_000;

  private final Consumer<byte[], byte[]> consumer;
  private Fence fence;
  private final int partition;

  /** By the constants of {@link Topics}: the hash of a topic is that of all its settings. */
  private final IdentityHashMap<Topic, Lane> lanes = new IdentityHashMap<>();

  private final Map<TopicPartition, Lane> byPartition = new HashMap<>();

  /** One topic's records on their way. */
  private static final class Lane {
    private final TopicPartition place;
    private long end;
    private final Deque<ConsumerRecord<byte[], byte[]>> queue = new ArrayDeque<>();
    private boolean paused;

    /** Whether all of it was read, up to the end. */
    private boolean over;

    /** The next record before the end; what lies behind it waits for a later fence. */
    Optional<ConsumerRecord<byte[], byte[]>> head() {
      return Optional.ofNullable(queue.peek()).filter(record -> record.offset() < end);
    }

    Lane(TopicPartition place, long end) {
      this.place = place;
      this.end = end;
    }
  }

  /**
   * A log from given offsets to the fence.
   *
   * @param consumer read-committed and without a group; this closes it
   * @param from where to begin in a topic partition; those not named begin where they begin
   */
  public KafkaPartitionLog(
      Consumer<byte[], byte[]> consumer,
      Topics topics,
      int partition,
      Map<TopicPartition, Long> from,
      Fence fence) {
    this.consumer = consumer;
    this.partition = partition;
    this.fence = fence;
    for (Topic topic : Fence.TOPICS) {
      TopicPartition place = new TopicPartition(topics.name(topic), partition);
      Lane lane = new Lane(place, fence.ends().get(place));
      lanes.put(topic, lane);
      byPartition.put(place, lane);
    }
    List<TopicPartition> all = new ArrayList<>(byPartition.keySet());
    consumer.assign(all);
    consumer.seekToBeginning(all);
    all.stream().filter(from::containsKey).forEach(place -> consumer.seek(place, from.get(place)));
  }

  /** Has it go on to a later fence. */
  void extendTo(Fence later) {
    fence = later;
    byPartition.forEach(
        (place, lane) -> {
          lane.end = later.ends().get(place);
          lane.over = false;
        });
  }

  @Override
  public int partition() {
    return partition;
  }

  @Override
  public Optional<ConsumerRecord<byte[], byte[]>> peek(Topic topic) {
    Lane lane = lanes.get(topic);
    if (lane.queue.isEmpty() && !lane.over) {
      fill(lane);
    }
    return lane.head();
  }

  @Override
  public void take(Topic topic) {
    lanes.get(topic).queue.remove();
  }

  /** The offset of the next record, or where one would stand. */
  long position(Topic topic) {
    Lane lane = lanes.get(topic);
    return lane.queue.isEmpty() ? consumer.position(lane.place) : lane.queue.peek().offset();
  }

  @Override
  public boolean mustBeDecided(Topic input, long offset) {
    return offset < fence.decided().getOrDefault(lanes.get(input).place, 0L);
  }

  /** Where no service has a group, nothing is committed any more. */
  @Override
  public boolean mayBeDecidedLater(Topic input, long offset) {
    return byPartition.keySet().stream().anyMatch(fence.decided()::containsKey)
        && !mustBeDecided(input, offset);
  }

  private void fill(Lane wanted) {
    long deadline = System.nanoTime() + SILENCE_MAX.toNanos();
    while (wanted.queue.isEmpty() && consumer.position(wanted.place) < wanted.end) {
      resume();
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      for (TopicPartition place : polled.partitions()) {
        byPartition.get(place).queue.addAll(polled.records(place));
      }
      byPartition.values().stream().filter(KafkaPartitionLog::full).forEach(this::pause);
      if (System.nanoTime() > deadline) {
        throw new AuditException(
            "the brokers have sent nothing of "
                + wanted.place
                + " for "
                + SILENCE_MAX.toSeconds()
                + " s: see whether they run, and begin again");
      }
    }
    wanted.over = wanted.queue.isEmpty();
  }

  private static boolean full(Lane lane) {
    return lane.queue.size() >= QUEUED_MAX;
  }

  private void pause(Lane lane) {
    if (!lane.paused) {
      lane.paused = true;
      consumer.pause(Set.of(lane.place));
    }
  }

  private void resume() {
    for (Lane lane : byPartition.values()) {
      if (lane.paused && lane.queue.size() < QUEUED_MAX / 2) {
        lane.paused = false;
        consumer.resume(Set.of(lane.place));
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
