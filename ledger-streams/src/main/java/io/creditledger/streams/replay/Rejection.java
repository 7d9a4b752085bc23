package io.creditledger.streams.replay;

import io.creditledger.core.wire.OutcomeJson;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** A rejected input, as the rejections keep it. */
public final class Rejection {

  private final OutcomeJson.Parsed outcome;
  private final ConsumerRecord<byte[], byte[]> record;

  Rejection(OutcomeJson.Parsed outcome, ConsumerRecord<byte[], byte[]> record) {
    this.outcome = outcome;
    this.record = record;
  }

  /** Why it was rejected, and where the input stands. */
  public OutcomeJson.Parsed outcome() {
    return outcome;
  }

  /** The input's key, exactly as it was; absent where it had none. */
  public Optional<byte[]> key() {
    return OutcomeJson.keyOf(record.value());
  }

  /** The input's value, exactly as it was; absent where it had none. */
  public Optional<byte[]> event() {
    return OutcomeJson.eventOf(record.value());
  }

  /** The input's headers. */
  public Headers headers() {
    return record.headers();
  }
}
