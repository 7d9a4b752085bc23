package io.creditledger.cli.csv;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** What became of one line. */
public sealed interface UsageRow {

  /** Its number in the file; the header's is 1. */
  long line();

  /**
   * An event.
   *
   * @param occurredAt as the file has it, before it is shifted; absent: the file does not say
   */
  record Usage(long line, String id, Optional<Instant> occurredAt, ObjectNode event)
      implements UsageRow {}

  /** None, and why. */
  record Unreadable(long line, String detail) implements UsageRow {}
}
