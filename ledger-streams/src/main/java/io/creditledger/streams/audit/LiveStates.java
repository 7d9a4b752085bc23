package io.creditledger.streams.audit;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.replay.PartitionDigest;
import io.creditledger.core.replay.StateDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the running service has in its stores, as an audit asks for it. For several threads. */
public interface LiveStates {

  /**
   * A state as the service keeps it.
   *
   * @param grants every grant ever, in the order of their ids
   */
  record Whole(Account account, List<GrantRecord> grants) {

    /** Copies the list. */
    public Whole {
      grants = List.copyOf(grants);
    }

    /** What it amounts to. */
    StateDigest digest() {
      return StateDigest.of(account, grants);
    }
  }

  /**
   * What the states of all of a partition's customers amount to together.
   *
   * @throws AuditException if the service does not answer
   */
  PartitionDigest digest(int partition);

  /**
   * What the states of a partition's customers amount to, each for itself.
   *
   * @throws AuditException if the service does not answer
   */
  Map<String, StateDigest> of(int partition);

  /**
   * One customer's state; absent if the service has none.
   *
   * @throws AuditException if the service does not answer
   */
  Optional<Whole> whole(String customer);
}
