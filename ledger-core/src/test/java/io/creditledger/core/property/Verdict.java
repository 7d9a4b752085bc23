package io.creditledger.core.property;

import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Reason;
import java.util.Optional;

/**
 * What becomes of one input, without the how.
 *
 * @param sequence of the entry, or of the entry that a duplicate repeats; 0 for a refusal
 */
record Verdict(Kind kind, Optional<Reason> reason, long sequence) {

  enum Kind {
    ACCEPTED,
    DUPLICATE,
    REJECTED
  }

  static Verdict accepted(long sequence) {
    return new Verdict(Kind.ACCEPTED, Optional.empty(), sequence);
  }

  static Verdict duplicate(long of) {
    return new Verdict(Kind.DUPLICATE, Optional.empty(), of);
  }

  static Verdict rejected(Reason reason) {
    return new Verdict(Kind.REJECTED, Optional.of(reason), 0);
  }

  static Verdict of(Decision decision) {
    return switch (decision) {
      case Decision.Accepted accepted -> accepted(accepted.entry().header().sequence());
      case Decision.Duplicate duplicate -> duplicate(duplicate.of());
      case Decision.Rejected rejected -> rejected(rejected.reason());
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ACCEPTED -> "entry " + sequence;
      case DUPLICATE -> "duplicate of " + sequence;
      case REJECTED -> "rejected " + reason.map(Reason::name).orElse("");
    };
  }
}
