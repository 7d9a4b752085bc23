package io.creditledger.stripe.usage;

import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.SqlArrays;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.period.BillingPeriods;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.rules.UsageRule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Counts the journal's usage: lines and windows, in the transaction that moves the offset. */
final class EntryIntake implements JournalSink.Reader {

  private final StripeRules rules;
  private final Clock clock;

  EntryIntake(StripeRules rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public void entries(Handle transaction, List<LedgerEntry> entries) {
    Set<CustomerId> customers =
        entries.stream().map(entry -> entry.header().customer()).collect(Collectors.toSet());
    List<UsageLine.Key> undone =
        entries.stream().map(MeterAggregator::undone).flatMap(Optional::stream).distinct().toList();
    MeterAggregator aggregator =
        new MeterAggregator(
            rules,
            BillingPeriods.boundaries(transaction, customers),
            UsageLines.find(transaction, undone));
    List<EntryHeader> skipped = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      switch (aggregator.add(entry)) {
        case DONE -> {}
        case NO_QUANTITY -> skipped.add(entry.header());
      }
    }
    UsageLines.put(transaction, aggregator.lines().values());
    Instant now = clock.instant();
    WindowRows.grow(transaction, aggregator.windows(), window -> dueAt(window, now));
    keep(transaction, skipped);
  }

  /** After the grace for what comes late; what is late already waits for more of its kind. */
  private Instant dueAt(MeterWindow window, Instant now) {
    UsageRule usage = rules.usage();
    Instant closed = window.end().plus(usage.grace());
    return closed.isAfter(now) ? closed : now.plus(usage.lateGrace());
  }

  /** What could not be counted is kept to be shown. */
  private static void keep(Handle transaction, List<EntryHeader> skipped) {
    if (skipped.isEmpty()) {
      return;
    }
    transaction
        .createUpdate(
            "insert into usage_skipped (customer, sequence, usage, occurred_at)"
                + " select * from unnest(:customers, :sequences, :usages, :occurred)"
                + " on conflict do nothing")
        .bind("customers", SqlArrays.texts(skipped, header -> header.customer().value()))
        .bind("sequences", SqlArrays.longs(skipped, EntryHeader::sequence))
        .bind("usages", SqlArrays.texts(skipped, header -> header.id().value()))
        .bind("occurred", SqlArrays.instants(skipped, EntryHeader::occurredAt))
        .execute();
  }
}
