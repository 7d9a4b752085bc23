package io.creditledger.stripe.mirror;

import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.grant.Move;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.stripe.effect.Effects;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.rules.MirrorRule;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keeps the journal's grants, and asks for the mirror of those whose terms changed. */
public final class GrantSink implements JournalSink.Reader {

  private final MirrorRule rule;
  private final Clock clock;

  /** A sink by that rule. */
  public GrantSink(MirrorRule rule, Clock clock) {
    this.rule = rule;
    this.clock = clock;
  }

  private record Key(CustomerId customer, GrantId grant) {}

  @Override
  public void entries(Handle transaction, List<LedgerEntry> entries) {
    rule.units().forEach(unit -> MirrorTable.since(transaction, unit, clock.instant()));
    GrantTable.apply(transaction, entries);
    Instant now = clock.instant();
    changed(entries)
        .forEach(
            key ->
                Effects.ask(
                    transaction, MirrorEffect.KIND, key.customer(), key.grant().value(), now, now));
  }

  /** Grants of mirrored units of which more changed than how much of them is left. */
  private Set<Key> changed(List<LedgerEntry> entries) {
    Set<Key> changed = new LinkedHashSet<>();
    for (LedgerEntry entry : entries) {
      if (entry.change().unit().filter(rule.units()::contains).isPresent()) {
        GrantChange.of(entry).stream()
            .filter(GrantSink::isOfTerms)
            .forEach(change -> changed.add(new Key(entry.header().customer(), grant(change))));
      }
    }
    return changed;
  }

  private static boolean isOfTerms(GrantChange change) {
    return switch (change) {
      case GrantChange.Made made -> true;
      case GrantChange.Became became -> true;
      case GrantChange.Extended extended -> true;
      case GrantChange.Moved moved ->
          moved.move() == Move.ADJUST_UP || moved.move() == Move.ADJUST_DOWN;
    };
  }

  private static GrantId grant(GrantChange change) {
    return switch (change) {
      case GrantChange.Made made -> made.made().grant().id();
      case GrantChange.Moved moved -> moved.grant();
      case GrantChange.Became became -> became.grant();
      case GrantChange.Extended extended -> extended.grant();
    };
  }
}
