package io.creditledger.streams.projection;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the statement in PostgreSQL tells, on any instance. It is as new as the projector, usually
 * less than a second behind the journal. Everything throws {@link StatementUnavailableException}
 * while the database cannot be reached.
 */
public interface StatementAccess {

  /**
   * A customer's entries that match, newest first.
   *
   * @param before only those with a smaller sequence number
   */
  List<JournalLine> newest(CustomerId customer, EntryFilter filter, OptionalLong before, int limit);

  /** A customer's entries after one, oldest first. */
  List<JournalLine> after(CustomerId customer, long after, int limit);

  /** The customers who have an entry of that event id, as far as the statement has come. */
  Set<CustomerId> customersOf(EventId id);

  /** The sequence number of the customer's last entry that the statement has; 0 if it has none. */
  long last(CustomerId customer);

  /** A customer's usage, summed; at most so many sums, in the order of their keys. */
  List<UsageSum> usage(CustomerId customer, UsageQuery query, int limit);

  /** How the projection goes. */
  ProjectionStatus status();

  /**
   * Begins to make the statement anew from the journal, beside the one in use, which is replaced
   * once the new one has all that it has. Does nothing if that is under way already.
   *
   * @return whether it was begun
   */
  boolean rebuild();
}
