package io.creditledger.streams.audit;

import io.creditledger.core.account.Account;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.replay.Memories;
import io.creditledger.core.replay.PartitionDigest;
import io.creditledger.core.replay.StateDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Compares the service's stores of one partition with a replay that has come to a fence. One digest
 * of all customers proves them equal. Where the digests differ the service has gone on deciding, or
 * something is wrong: then each customer is compared at the very entry its store is at.
 */
final class StoreAudit implements Consumer<Account> {

  private final LiveStates live;
  private final AuditScope scope;
  private final StoreRounds.FenceSource fences;
  private final KafkaPartitionLog log;
  private final PartitionAudit audit;
  private final Memories memories;
  private StoreComparison comparison;

  /** A comparison that is shown each account after each entry of the audit. */
  StoreAudit(
      LiveStates live,
      AuditScope scope,
      StoreRounds.FenceSource fences,
      KafkaPartitionLog log,
      PartitionAudit audit,
      Memories memories) {
    this.live = live;
    this.scope = scope;
    this.fences = fences;
    this.log = log;
    this.audit = audit;
    this.memories = memories;
    this.comparison = new StoreComparison(Map.of(), memories);
  }

  @Override
  public void accept(Account account) {
    comparison.accept(account);
  }

  /** Compares, and tells of what differs as findings of the audit. */
  PartitionStores compare() throws InterruptedException {
    if (scope.customers().isEmpty()) {
      PartitionDigest replay = replay();
      PartitionDigest service = live.digest(log.partition());
      if (service.equals(replay)) {
        return new PartitionStores(
            log.partition(),
            PartitionStores.Moment.AT_THE_FENCE,
            replay.customers(),
            service,
            replay);
      }
    }
    return oneByOne();
  }

  private PartitionDigest replay() {
    Map<String, StateDigest> states = new HashMap<>();
    for (Account account : audit.books().accounts()) {
      states.put(
          account.customer().value(), StateDigest.of(account, memories.grants(account.customer())));
    }
    return PartitionDigest.of(states);
  }

  private PartitionStores oneByOne() throws InterruptedException {
    Map<String, StateDigest> stated = new HashMap<>(live.of(log.partition()));
    stated.keySet().removeIf(customer -> !scope.covers(customer));
    comparison = new StoreComparison(stated, memories);
    stated
        .keySet()
        .forEach(customer -> comparison.accept(audit.books().account(new CustomerId(customer))));
    Set<String> unstated = unstated(stated);
    log.extendTo(fences.next());
    audit.run();
    new StoreRounds(live, fences, log, audit, comparison).settle(unstated);
    return new PartitionStores(
        log.partition(),
        PartitionStores.Moment.AT_EACH_ENTRY,
        comparison.compared(),
        comparison.service(),
        comparison.replay());
  }

  /** Customers of the journal of whom the service had no state when it was asked. */
  private Set<String> unstated(Map<String, StateDigest> stated) {
    Set<String> customers = new TreeSet<>();
    for (Account account : audit.books().accounts()) {
      customers.add(account.customer().value());
    }
    customers.removeIf(customer -> !scope.covers(customer) || stated.containsKey(customer));
    return customers;
  }
}
