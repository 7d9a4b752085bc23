package io.creditledger.stripe.reconcile;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to where the outbox has read the journal: what both are compared as of.
 *
 * @param offsets of the first record not read, by partition
 */
record Fence(Map<TopicPartition, Long> offsets) {

  /** Copies the offsets. */
  Fence {
    offsets = Map.copyOf(offsets);
  }

  /** How many records lie before it, if none were deleted. */
  long records() {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }
}
