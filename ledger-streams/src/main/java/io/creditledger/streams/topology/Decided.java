package io.creditledger.streams.topology;

import io.creditledger.core.event.Position;
import org.apache.kafka.common.utils.Bytes;

/** What became of one input, in the bytes that were written; they are not to be changed. */
public sealed interface Decided {

  /** Where the input stands. */
  Position input();

  /** The outcome's bytes. */
  Bytes json();

  /**
   * It became a journal entry.
   *
   * @param customer the key, which is the customer's name
   */
  record Entry(Position input, Bytes customer, Bytes json) implements Decided {}

  /** It changed nothing, and the rejections say why. */
  record Refusal(Position input, Bytes json) implements Decided {}
}
