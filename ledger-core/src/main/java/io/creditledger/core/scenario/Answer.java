package io.creditledger.core.scenario;

import io.creditledger.core.account.Reason;
import java.util.Optional;

/** How the ledger must answer a command. */
public sealed interface Answer {

  /** Whether an outcome is the answer that was asked for. */
  boolean is(Outcome outcome);

  /** The answer in a word or two. */
  String describe();

  /** It is accepted: what holds where a step says nothing. */
  record Accepted() implements Answer {
    @Override
    public boolean is(Outcome outcome) {
      return outcome instanceof Outcome.Accepted;
    }

    @Override
    public String describe() {
      return "accepted";
    }
  }

  /**
   * It is refused, though not because its id stands for something else.
   *
   * @param reason absent: for whatever reason
   */
  record Rejected(Optional<Reason> reason) implements Answer {
    @Override
    public boolean is(Outcome outcome) {
      return outcome instanceof Outcome.Rejected rejected
          && reason.map(rejected.reason()::equals).orElse(rejected.reason() != Reason.ID_REUSED);
    }

    @Override
    public String describe() {
      return reason.map(one -> "rejected " + one).orElse("rejected");
    }
  }

  /** It was accepted before. */
  record Duplicate() implements Answer {
    @Override
    public boolean is(Outcome outcome) {
      return outcome instanceof Outcome.Duplicate;
    }

    @Override
    public String describe() {
      return "duplicate";
    }
  }

  /** It is refused because its id stands for something else. */
  record Conflict() implements Answer {
    @Override
    public boolean is(Outcome outcome) {
      return outcome instanceof Outcome.Rejected rejected && rejected.reason() == Reason.ID_REUSED;
    }

    @Override
    public String describe() {
      return "conflict";
    }
  }
}
