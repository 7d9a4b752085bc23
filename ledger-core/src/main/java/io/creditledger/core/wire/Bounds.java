package io.creditledger.core.wire;

import java.time.Instant;

/**
 * How much a reader takes in of what its caller chooses freely.
 *
 * @param textCharsMax of a description, a name and the like
 * @param entriesMax of metadata or properties
 * @param keyCharsMax of each of their keys
 * @param valueCharsMax of each of their values
 * @param earliest the first time
 * @param latest the last time
 */
record Bounds(
    int textCharsMax,
    int entriesMax,
    int keyCharsMax,
    int valueCharsMax,
    Instant earliest,
    Instant latest) {

  /** For events, whoever wrote them: times from 1970 to 9999. */
  static final Bounds EVENT =
      new Bounds(
          1_000, 50, 100, 1_000, Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999999999Z"));

  /** For what the ledger wrote itself. */
  static final Bounds JOURNAL =
      new Bounds(
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Instant.MIN,
          Instant.MAX);
}
