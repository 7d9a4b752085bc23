package io.creditledger.streams.query;

import io.creditledger.core.id.CustomerId;
import java.util.List;
import java.util.Optional;

/**
 * What stands in the stores, for whoever compares it with a replay. A state may be ahead of the
 * journal by what is not committed yet.
 */
public interface StateAccess {

  /** Where a partition's accounts are kept. */
  Owner owner(int partition);

  /** How many partitions there are. */
  int partitions();

  /**
   * States of a partition that is kept here, in the order of the customers' bytes.
   *
   * @param after only customers after this one
   * @throws LedgerUnavailableException while the store is being restored or moves elsewhere
   */
  List<KeptState> states(int partition, Optional<CustomerId> after, int limit);

  /** The state of a customer kept here; absent if there is none. */
  Optional<KeptState> state(CustomerId customer);
}
