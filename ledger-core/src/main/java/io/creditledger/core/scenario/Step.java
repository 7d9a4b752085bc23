package io.creditledger.core.scenario;

import java.time.Instant;
import java.util.List;

/** One dated line of a scenario. */
public sealed interface Step {

  /** Its place among the scenario's steps, from 1. */
  int number();

  /** When it arrives. */
  Instant at();

  /** Something asked of the ledger, and how it must answer. */
  record Command(int number, Instant at, Request request, Answer answer) implements Step {}

  /** What must be true, once everything due at its time has happened. */
  record Expect(int number, Instant at, List<Expectation> expectations) implements Step {
    public Expect {
      expectations = List.copyOf(expectations);
    }
  }
}
