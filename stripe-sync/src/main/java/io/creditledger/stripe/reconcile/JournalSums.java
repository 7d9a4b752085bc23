package io.creditledger.stripe.reconcile;

import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.usage.MeterAggregator;
import io.creditledger.stripe.usage.UsageLine;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the journal's usage comes to, counted from its entries alone. It is read twice: first for
 * what is undone anywhere, then to be counted, so that of all single usages only those are kept in
 * memory that are undone.
 */
final class JournalSums {

  private final StripeRules rules;
  private final Function<Set<CustomerId>, Map<CustomerId, Set<Instant>>> boundaries;
  private final Set<UsageLine.Key> undone = new HashSet<>();
  private final Map<UsageLine.Key, UsageLine> kept = new HashMap<>();
  private final Set<CustomerId> customers = new HashSet<>();
  private final Sums sums = new Sums();

  /**
   * What was counted.
   *
   * @param customers all whom the journal names, with or without usage
   */
  record Counted(Sums sums, Set<CustomerId> customers) {}

  private JournalSums(
      StripeRules rules, Function<Set<CustomerId>, Map<CustomerId, Set<Instant>>> boundaries) {
    this.rules = rules;
    this.boundaries = boundaries;
  }

  /**
   * Counts what lies before the fence.
   *
   * @param boundaries of customers' billing periods, as they are known now
   */
  static Counted read(
      JournalSource journal,
      Fence fence,
      Scope scope,
      StripeRules rules,
      Function<Set<CustomerId>, Map<CustomerId, Set<Instant>>> boundaries) {
    JournalSums counter = new JournalSums(rules, boundaries);
    journal.read(fence, counter::note);
    journal.read(fence, entries -> counter.count(scope, entries));
    return new Counted(counter.sums, counter.customers);
  }

  private void note(List<LedgerEntry> entries) {
    entries.stream().map(MeterAggregator::undone).flatMap(Optional::stream).forEach(undone::add);
  }

  private void count(Scope scope, List<LedgerEntry> entries) {
    Set<CustomerId> ofBatch =
        entries.stream().map(entry -> entry.header().customer()).collect(Collectors.toSet());
    customers.addAll(ofBatch);
    MeterAggregator aggregator = new MeterAggregator(rules, boundaries.apply(ofBatch), kept);
    entries.forEach(aggregator::add);
    aggregator
        .lines()
        .forEach(
            (key, line) -> {
              if (undone.contains(key)) {
                kept.put(key, line);
              }
            });
    aggregator
        .windows()
        .forEach(
            (window, growth) ->
                scope
                    .begin(window.eventName(), window.start())
                    .ifPresent(
                        begin ->
                            sums.add(
                                new MeterKey(window.customer(), window.eventName()),
                                begin,
                                growth.amount())));
  }
}
