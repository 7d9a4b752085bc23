package io.creditledger.streams.topology;

import java.util.List;

/** Topics exist that are not as the ledger needs them; it does not start, and changes nothing. */
public final class TopicMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicMismatchException(List<String> differences) {
    super(
        "the brokers have topics that this ledger cannot use: "
            + String.join("; ", differences)
            + ". Use the partition count they were made with, another topic prefix, or correct the"
            + " topics' settings.");
  }
}
