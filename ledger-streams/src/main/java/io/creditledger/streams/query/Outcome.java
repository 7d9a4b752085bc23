package io.creditledger.streams.query;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Position;

/** The committed outcome of one event: exactly one of these three. */
public sealed interface Outcome {

  /** The input's position. */
  Position position();

  /** It became this entry; {@code json} is the journal's bytes. */
  record Accepted(Position position, long sequence, String json) implements Outcome {}

  /** It had been accepted before, as the entry {@code of}; {@code original} where still at hand. */
  record Duplicate(Position position, long of) implements Outcome {}

  /** It was refused. */
  record Rejected(Position position, Reason reason, String detail) implements Outcome {}
}
