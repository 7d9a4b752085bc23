package io.creditledger.streams.query;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.replay.PartitionDigest;
import java.util.List;
import java.util.Optional;

/**
 * What stands in the stores, for whoever compares it with a replay. A state may be ahead of the
 * journal by what is not committed yet.
 */
public interface StateAccess {

  /** States that a digest of a whole partition holds in memory at once. */
  int DIGESTED_AT_ONCE = 1_000;

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

  /**
   * What the states of all customers of a partition kept here amount to. Equal to that of a replay
   * only where nothing was decided while it was made; it says nothing where it differs.
   *
   * @throws LedgerUnavailableException while the store is being restored or moves elsewhere
   */
  default PartitionDigest digest(int partition) {
    PartitionDigest digest = PartitionDigest.EMPTY;
    Optional<CustomerId> after = Optional.empty();
    List<KeptState> page;
    do {
      page = states(partition, after, DIGESTED_AT_ONCE);
      for (KeptState state : page) {
        digest = digest.with(state.customer(), state.digest());
        after = Optional.of(state.customer());
      }
    } while (page.size() == DIGESTED_AT_ONCE);
    return digest;
  }

  /** The state of a customer kept here; absent if there is none. */
  Optional<KeptState> state(CustomerId customer);
}
