package io.creditledger.cli.scenario;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.DueEvents;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What time is still to bring about for a scenario's customers: their accounts say. */
final class DueTimers {

  private final Function<CustomerId, Account> accounts;
  private final Catalog catalog;
  private final Map<CustomerId, Optional<Instant>> next = new HashMap<>();
  private final Map<CustomerId, Set<EventId>> refused = new HashMap<>();

  DueTimers(Function<CustomerId, Account> accounts, Catalog catalog) {
    this.accounts = accounts;
    this.catalog = catalog;
  }

  /** A customer's account may have changed. */
  void look(CustomerId customer) {
    Set<EventId> without = refused.getOrDefault(customer, Set.of());
    next.put(
        customer,
        DueEvents.until(accounts.apply(customer), catalog, Instant.MAX).stream()
            .filter(due -> !without.contains(due.event().id()))
            .map(DueEvents.Due::at)
            .min(Comparator.naturalOrder()));
  }

  /** Nobody waits for what time brings about for a customer. */
  void leave(CustomerId customer) {
    next.remove(customer);
  }

  /** A timer's event was decided. */
  void decided(Journal.Decided outcome) {
    if (outcome.position().source() == Source.EXPIRY && outcome.refused()) {
      outcome
          .customer()
          .ifPresent(
              customer ->
                  outcome
                      .id()
                      .ifPresent(
                          id -> refused.computeIfAbsent(customer, c -> new HashSet<>()).add(id)));
    }
  }

  /** When the next event is due at or before an instant; absent: none is. */
  Optional<Instant> until(Instant at) {
    return next.values().stream()
        .flatMap(Optional::stream)
        .filter(due -> !due.isAfter(at))
        .min(Comparator.naturalOrder());
  }

  /** Whose events are due at or before an instant. */
  List<CustomerId> customersUntil(Instant at) {
    return next.entrySet().stream()
        .filter(one -> one.getValue().filter(due -> !due.isAfter(at)).isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }
}
