package io.creditledger.streams.topology;

import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Inputs of one partition that follow each other and were recorded in the same millisecond. They
 * pass through Kafka Streams as one record, which has them in a header, because Kafka Streams takes
 * as long to choose the next record of a task as the ledger to read one.
 *
 * <p>Nothing depends on how inputs are batched. Kafka Streams orders the inputs of a task by their
 * time, and has no order for those of the same time. It commits the offset of the record that comes
 * next, or the consumer's where none does; a batch has the offset of its first input, and stands
 * for all of them.
 */
final class InputBatch implements Header {

  private static final String KEY = "ledger_batch";

  /** So many inputs at most, which take less than a millisecond: a commit waits for them. */
  private static final int INPUTS_MAX = 50;

  private static final byte[] NO_VALUE = {};

  private final List<ConsumerRecord<byte[], byte[]>> inputs;

  private InputBatch(List<ConsumerRecord<byte[], byte[]>> inputs) {
    this.inputs = inputs;
  }

  /** What one poll brought, with batches in the place of the inputs that make one. */
  static ConsumerRecords<byte[], byte[]> batched(ConsumerRecords<byte[], byte[]> polled) {
    if (polled.isEmpty()) {
      return polled;
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> batched = new HashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      batched.put(partition, batched(polled.records(partition)));
    }
    return new ConsumerRecords<>(batched, polled.nextOffsets());
  }

  private static List<ConsumerRecord<byte[], byte[]>> batched(
      List<ConsumerRecord<byte[], byte[]>> inputs) {
    List<ConsumerRecord<byte[], byte[]>> batched = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= inputs.size(); to++) {
      if (to == inputs.size()
          || to - from == INPUTS_MAX
          || inputs.get(to).timestamp() != inputs.get(from).timestamp()) {
        batched.add(to - from == 1 ? inputs.get(from) : record(inputs.subList(from, to)));
        from = to;
      }
    }
    return batched;
  }

  private static ConsumerRecord<byte[], byte[]> record(
      List<ConsumerRecord<byte[], byte[]>> inputs) {
    ConsumerRecord<byte[], byte[]> first = inputs.getFirst();
    Headers headers = new RecordHeaders().add(new InputBatch(inputs));
    return new ConsumerRecord<>(
        first.topic(),
        first.partition(),
        first.offset(),
        first.timestamp(),
        first.timestampType(),
        first.serializedKeySize(),
        first.serializedValueSize(),
        first.key(),
        first.value(),
        headers,
        first.leaderEpoch());
  }

  /** The batch that a record with those headers stands for; empty if it is an input itself. */
  static Optional<InputBatch> in(Headers headers) {
    return headers.lastHeader(KEY) instanceof InputBatch batch
        ? Optional.of(batch)
        : Optional.empty();
  }

  /** Its inputs, in the order in which they stand in their partition; two or more. */
  List<InputRecord> inputs(Source source, Instant recordedAt) {
    List<InputRecord> read = new ArrayList<>(inputs.size());
    for (ConsumerRecord<byte[], byte[]> input : inputs) {
      Position position = new Position(source, input.partition(), input.offset());
      read.add(new InputRecord(position, recordedAt, input.key(), input.value(), input.headers()));
    }
    return read;
  }

  /** No other header is found by this key, since whoever looks for it looks at its class too. */
  @Override
  public String key() {
    return KEY;
  }

  @Override
  public byte[] value() {
    return NO_VALUE;
  }
}
