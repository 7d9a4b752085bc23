package io.creditledger.core.account;

/** What became of a reservation, as its id remembers. */
public enum Fate {
  /** The id was not a reservation's. */
  NONE,
  /** Still held. */
  HELD,
  /** Settled: it stands as a usage under the same id. */
  SETTLED,
  /** Released by its caller. */
  RELEASED,
  /** Ran out. */
  EXPIRED
}
