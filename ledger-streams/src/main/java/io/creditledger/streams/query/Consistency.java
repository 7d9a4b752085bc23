package io.creditledger.streams.query;

/** How far a balance may be ahead of the journal (rule 18). */
public enum Consistency {
  /** From the store, ahead of the journal by what the next commit brings. */
  LATEST,
  /** Nothing that is not committed to the journal. */
  COMMITTED
}
