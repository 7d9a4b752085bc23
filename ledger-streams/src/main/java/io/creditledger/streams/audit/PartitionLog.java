package io.creditledger.streams.audit;

import io.creditledger.relay.Topic;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What stands behind the fence in one partition of the ledger's topics, each topic in its order and
 * read once. Not for use by several threads.
 */
public interface PartitionLog extends AutoCloseable {

  /** The partition's number. */
  int partition();

  /** The next record of a topic, left where it is; absent at the fence. Waits for the brokers. */
  Optional<ConsumerRecord<byte[], byte[]>> peek(Topic topic);

  /** Takes the record that {@link #peek} shows. */
  void take(Topic topic);

  /** Whether an input of that offset must have an outcome behind the fence. */
  boolean mustBeDecided(Topic input, long offset);

  /**
   * Whether an input of that offset may have its outcome before the fence or behind it. So it is
   * with what was committed while the fence was put up: a transaction ends at one topic after the
   * other, so that the fence may have a part of it.
   */
  boolean mayBeDecidedLater(Topic input, long offset);

  @Override
  void close();
}
