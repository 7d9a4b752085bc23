package io.creditledger.streams.topology;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * An outgoing value with the partition it belongs in: always that of the input it answers, so that
 * an input and its outcome have the same partition number even where the input's key is missing.
 */
final class Addressed {

  static final Serializer<Addressed> SERIALIZER = (topic, addressed) -> addressed.value;

  static final StreamPartitioner<byte[], Addressed> PARTITIONER =
      (topic, key, addressed, partitions) -> Optional.of(Set.of(addressed.partition));

  private final int partition;
  private final byte[] value;

  Addressed(int partition, byte[] value) {
    this.partition = partition;
    this.value = value;
  }
}
