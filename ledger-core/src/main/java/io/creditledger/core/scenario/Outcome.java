package io.creditledger.core.scenario;

import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Reason;

/** How the ledger answered a command. */
public sealed interface Outcome {

  /** It changed the account. */
  record Accepted() implements Outcome {}

  /** It was accepted before and changed nothing. */
  record Duplicate() implements Outcome {}

  /** It was refused and changed nothing. */
  record Rejected(Reason reason, String detail) implements Outcome {}

  /** The outcome that a decision is. */
  static Outcome of(Decision decision) {
    return switch (decision) {
      case Decision.Accepted accepted -> new Accepted();
      case Decision.Duplicate duplicate -> new Duplicate();
      case Decision.Rejected rejected -> new Rejected(rejected.reason(), rejected.detail());
    };
  }

  /** The outcome in words. */
  default String describe() {
    return switch (this) {
      case Accepted accepted -> "accepted";
      case Duplicate duplicate -> "duplicate";
      case Rejected rejected -> "rejected " + rejected.reason() + " (" + rejected.detail() + ")";
    };
  }
}
