package io.creditledger.streams.audit;

import io.creditledger.relay.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A partition in lists. */
final class MemoryLog implements PartitionLog {

  private final Map<Topic, List<ConsumerRecord<byte[], byte[]>>> topics;
  private final Map<Topic, Integer> decided;
  private final Map<Topic, Integer> positions = new HashMap<>();

  /** A log of which every input must be decided. */
  MemoryLog(Map<Topic, List<ConsumerRecord<byte[], byte[]>>> topics) {
    this(topics, Map.of());
  }

  /**
   * A log of which some inputs need not be decided.
   *
   * @param decided how many inputs of a topic must be; all, where it is not named
   */
  MemoryLog(Map<Topic, List<ConsumerRecord<byte[], byte[]>>> topics, Map<Topic, Integer> decided) {
    this.topics = topics;
    this.decided = decided;
  }

  @Override
  public int partition() {
    return 0;
  }

  @Override
  public Optional<ConsumerRecord<byte[], byte[]>> peek(Topic topic) {
    int at = positions.getOrDefault(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> records = topics.get(topic);
    return at < records.size() ? Optional.of(records.get(at)) : Optional.empty();
  }

  @Override
  public void take(Topic topic) {
    positions.merge(topic, 1, Integer::sum);
  }

  @Override
  public boolean mustBeDecided(Topic input, long offset) {
    return offset < decided.getOrDefault(input, Integer.MAX_VALUE);
  }

  @Override
  public boolean mayBeDecidedLater(Topic input, long offset) {
    return !mustBeDecided(input, offset);
  }

  @Override
  public void close() {}
}
