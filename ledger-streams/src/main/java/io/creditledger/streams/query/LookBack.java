package io.creditledger.streams.query;

/** Reads back what the topics have of a partition that this instance has taken over. */
interface LookBack {

  /** Begins to; does not wait for it. */
  void read(CommittedOutcomes.TakeOver takeOver);
}
