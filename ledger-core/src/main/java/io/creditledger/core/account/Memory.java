package io.creditledger.core.account;

import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import java.util.Optional;

/**
 * What one customer's account remembers beside what it carries: ids it has seen, and grants at
 * rest. It is read by key only, so that a decision costs the same however long the history is.
 */
public interface Memory {

  /** A customer of whom nothing is remembered. */
  Memory EMPTY =
      new Memory() {
        @Override
        public Optional<Memo> memo(EventId id) {
          return Optional.empty();
        }

        @Override
        public Optional<GrantRecord> grant(GrantId id) {
          return Optional.empty();
        }
      };

  /**
   * The accepted event of that id; one older than the catalog's {@code limits.idMemory()} may be
   * found or not.
   */
  Optional<Memo> memo(EventId id);

  /** The grant of that id, as it was made or came to rest. */
  Optional<GrantRecord> grant(GrantId id);
}
