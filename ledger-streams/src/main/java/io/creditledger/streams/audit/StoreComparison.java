package io.creditledger.streams.audit;

import io.creditledger.core.account.Account;
import io.creditledger.core.replay.Divergence;
import io.creditledger.core.replay.Memories;
import io.creditledger.core.replay.PartitionDigest;
import io.creditledger.core.replay.StateDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares what the service says of its stores with the replay, each customer at the very entry
 * that the service's state is of: at each entry there is one right state. So the service may go on
 * deciding meanwhile.
 */
final class StoreComparison implements Consumer<Account> {

  private final Memories memories;
  private final Map<String, StateDigest> stated;
  private final Map<String, StateDigest> service;
  private final Map<String, StateDigest> replay = new HashMap<>();
  private final Set<String> doubtful = new HashSet<>();
  private long compared;

  StoreComparison(Map<String, StateDigest> stated, Memories memories) {
    this.stated = new HashMap<>(stated);
    this.service = new HashMap<>(stated);
    this.memories = memories;
  }

  /** Shows the account after an entry. */
  @Override
  public void accept(Account account) {
    StateDigest digest = stated.get(account.customer().value());
    if (digest != null && digest.sequence() == account.sequence()) {
      settle(account, digest);
    }
  }

  private void settle(Account account, StateDigest digest) {
    String customer = account.customer().value();
    stated.remove(customer);
    StateDigest replayed = digest(account);
    replay.put(customer, replayed);
    if (digest.equals(replayed)) {
      doubtful.remove(customer);
      compared++;
    } else {
      // The service may have been between two of its writes; it is asked again.
      doubtful.add(customer);
    }
  }

  private StateDigest digest(Account account) {
    return StateDigest.of(account, memories.grants(account.customer()));
  }

  /** Whose state is not yet known to be right: it differed, or its entry is not in the journal. */
  Set<String> open() {
    Set<String> open = new HashSet<>(doubtful);
    open.addAll(stated.keySet());
    return open;
  }

  /** Takes what the service says of a customer now in place of what it said before. */
  void restate(String customer, StateDigest digest, Account replayed) {
    stated.put(customer, digest);
    service.put(customer, digest);
    doubtful.remove(customer);
    accept(replayed);
  }

  /** Takes that the service has nothing of a customer whom the replay has. */
  void missing(Account replayed) {
    replay.put(replayed.customer().value(), digest(replayed));
  }

  /** What the service has said of all customers, each as it was said last. */
  PartitionDigest service() {
    return PartitionDigest.of(service);
  }

  /** What the replay came to of the customers whom it has compared, each where it was compared. */
  PartitionDigest replay() {
    return PartitionDigest.of(replay);
  }

  /** How many were found equal. */
  long compared() {
    return compared;
  }

  /** How a state of the service differs from the replay, in words. */
  String difference(LiveStates.Whole live, Account replayed) {
    if (live.account().sequence() != replayed.sequence()) {
      return "the store has entry "
          + live.account().sequence()
          + " as the last, and the journal entry "
          + replayed.sequence();
    }
    Optional<Divergence> difference =
        Divergence.ofValues(live.account(), replayed)
            .or(
                () ->
                    Divergence.ofValues(
                            live.grants(),
                            StateDigest.inOrder(memories.grants(replayed.customer())))
                        .map(
                            inGrants ->
                                new Divergence(
                                    "grants" + inGrants.field(),
                                    inGrants.recorded(),
                                    inGrants.derived())));
    return "after entry "
        + replayed.sequence()
        + ", "
        + difference.map(Divergence::toString).orElse("the bytes differ, and the content does not");
  }
}
