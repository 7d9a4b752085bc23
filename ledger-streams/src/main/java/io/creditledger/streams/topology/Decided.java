package io.creditledger.streams.topology;

import io.creditledger.core.event.Position;
import org.apache.kafka.common.utils.Bytes;

/** What became of one input, in the bytes that were written; they are not to be changed. */
public sealed interface Decided {

  /** Where the input stands. */
  Position input();

  /** The input's key, which is the customer's name wherever that is known; empty without one. */
  Bytes customer();

  /** The outcome's bytes. */
  Bytes json();

  /** It became a journal entry. */
  record Entry(Position input, Bytes customer, Bytes json) implements Decided {}

  /** It changed nothing, and the rejections say why. */
  record Refusal(Position input, Bytes customer, Bytes json) implements Decided {

    /**
     * A refusal of a record, which may be one that no customer has.
     *
     * @param key the record's; null where it has none
     */
    public static Refusal of(Position input, byte[] key, Bytes json) {
      return new Refusal(input, Bytes.wrap(key == null ? Bytes.EMPTY : key), json);
    }
  }
}
