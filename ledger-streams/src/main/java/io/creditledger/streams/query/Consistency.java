package io.creditledger.streams.query;

/** How far a balance may be ahead of the journal (rule 18). */
public enum Consistency {
  /** From the store, ahead of the journal by at most a commit interval. */
  LATEST,
  /** Nothing that is not committed to the journal. */
  COMMITTED
}
