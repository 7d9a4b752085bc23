package io.creditledger.streams.audit;

import io.creditledger.streams.topology.InputRecord;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a reading of the journal comes upon next. In a whole ledger each step is {@code Decided}.
 */
public sealed interface Step {

  /** An outcome and the input it is of. */
  record Decided(Written outcome, InputRecord input) implements Step {}

  /**
   * An input that should have an outcome here and has none.
   *
   * @param before the outcome that stands in its place; absent at the fence
   */
  record Undecided(InputRecord input, Optional<Written> before) implements Step {}

  /**
   * An outcome whose input is not there to be decided: it had its outcome before, or there never
   * was one.
   */
  record Unfounded(Written outcome) implements Step {}

  /**
   * A record among the outcomes that is none.
   *
   * @param detail why it cannot be read
   */
  record Damaged(ConsumerRecord<byte[], byte[]> record, String detail) implements Step {}
}
