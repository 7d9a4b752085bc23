package io.creditledger.streams.audit;

import io.creditledger.core.account.Account;
import io.creditledger.core.id.CustomerId;
import io.creditledger.streams.topology.StoreNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Settles what one pass leaves open between stores and replay. The service's state may have been
 * ahead of the journal, by a transaction that was committed later or aborted; so it is asked again,
 * and the replay goes on to a new fence, until both meet. What does not meet is wrong.
 */
final class StoreRounds {

  private static final int ROUNDS_MAX = 5;

  /** Longer than the service takes to commit what it has in its stores. */
  private static final Duration COMMIT = Duration.ofMillis(500);

  private final LiveStates live;
  private final FenceSource fences;
  private final KafkaPartitionLog log;
  private final PartitionAudit audit;
  private final StoreComparison comparison;

  /** Where new fences come from. */
  @FunctionalInterface
  interface FenceSource {
    Fence next() throws InterruptedException;
  }

  StoreRounds(
      LiveStates live,
      FenceSource fences,
      KafkaPartitionLog log,
      PartitionAudit audit,
      StoreComparison comparison) {
    this.live = live;
    this.fences = fences;
    this.log = log;
    this.audit = audit;
    this.comparison = comparison;
  }

  /**
   * Compares until nothing is open, or what is has been told as a finding.
   *
   * @param unstated customers of the journal of whom the service had no state at first
   */
  void settle(Set<String> unstated) throws InterruptedException {
    Set<String> missing = new TreeSet<>(unstated);
    Set<String> open = open(missing);
    for (int round = 1; round <= ROUNDS_MAX && !open.isEmpty(); round++) {
      for (String customer : open) {
        ask(customer, missing);
      }
      TimeUnit.NANOSECONDS.sleep(COMMIT.toNanos());
      log.extendTo(fences.next());
      audit.run();
      open = open(missing);
    }
    open.forEach(this::tell);
  }

  private void ask(String customer, Set<String> missing) {
    live.whole(customer)
        .ifPresent(
            state -> {
              missing.remove(customer);
              comparison.restate(customer, state.digest(), replayed(customer));
            });
  }

  private Set<String> open(Set<String> missing) {
    Set<String> open = new TreeSet<>(comparison.open());
    open.addAll(missing);
    // What differs from the journal already is told as that.
    open.removeIf(customer -> !audit.sound(customer));
    return open;
  }

  private Account replayed(String customer) {
    return audit.books().account(new CustomerId(customer));
  }

  private void tell(String customer) {
    Optional<LiveStates.Whole> state = live.whole(customer);
    if (state.isEmpty()) {
      comparison.missing(replayed(customer));
    }
    audit.find(
        new Finding(
            "store " + StoreNames.ACCOUNTS,
            log.partition(),
            Finding.NO_OFFSET,
            customer,
            Instant.now(),
            state
                .map(kept -> comparison.difference(kept, replayed(customer)))
                .orElse("the service has no account of a customer whom the journal has")));
  }
}
