package io.creditledger.streams.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What became of one request to an endpoint. */
public sealed interface AttemptResult {

  /** Whether the receiver has taken it. */
  default boolean taken() {
    return status().stream().anyMatch(status -> status / 100 == 2);
  }

  /** The answer's status; empty if there was none. */
  default OptionalInt status() {
    return switch (this) {
      case Answered answered -> OptionalInt.of(answered.code());
      case Unanswered unanswered -> OptionalInt.empty();
    };
  }

  /** What happened, in a few words, with nothing of the answer's body. */
  default String detail() {
    return switch (this) {
      case Answered answered -> "answered " + answered.code();
      case Unanswered unanswered -> unanswered.why();
    };
  }

  /**
   * The receiver answered.
   *
   * @param code the HTTP status
   * @param retryAfter how long it wants to be left alone
   */
  record Answered(int code, Optional<Duration> retryAfter) implements AttemptResult {}

  /** It did not, or not in time. */
  record Unanswered(String why) implements AttemptResult {}
}
