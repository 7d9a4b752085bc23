package io.creditledger.stripe.usage;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.stripe.rules.Metadata;
import io.creditledger.stripe.rules.MeterRule;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import io.creditledger.stripe.rules.MeterRule.Measure;
import io.creditledger.stripe.rules.MeterRule.Send;
import io.creditledger.stripe.rules.StripeRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up what a batch of entries comes to: which lines are new or changed, and how much each
 * window grows or shrinks. A reversal counts in the window of the usage it undoes. Pure; made anew
 * for each batch, and for one thread.
 */
public final class MeterAggregator {

  private final StripeRules rules;
  private final Map<CustomerId, Set<Instant>> boundaries;
  private final Map<UsageLine.Key, UsageLine> known;
  private final Map<UsageLine.Key, UsageLine> changed = new LinkedHashMap<>();
  private final SortedMap<MeterWindow, Growth> windows = new TreeMap<>();

  /**
   * How much a window grows, or shrinks.
   *
   * @param aggregation what Stripe makes of several events of the window
   */
  public record Growth(BigDecimal amount, Aggregation aggregation) {

    private Growth plus(Growth other) {
      return new Growth(amount.add(other.amount), aggregation);
    }
  }

  /** Whether an entry could be counted. */
  public enum Verdict {
    /** It is counted, or there is nothing to count in it. */
    DONE,
    /** It should be counted in quantity and has none. */
    NO_QUANTITY
  }

  /**
   * Begins a batch.
   *
   * @param boundaries of the billing periods of the batch's customers, as far as they are known
   * @param known the lines of all usage that the batch undoes, except what is in the batch itself
   */
  public MeterAggregator(
      StripeRules rules,
      Map<CustomerId, Set<Instant>> boundaries,
      Map<UsageLine.Key, UsageLine> known) {
    this.rules = rules;
    this.boundaries = boundaries;
    this.known = new HashMap<>(known);
  }

  /** What an entry undoes; empty if it undoes nothing. */
  public static Optional<UsageLine.Key> undone(LedgerEntry entry) {
    return entry.change() instanceof Change.Reversed reversed
        ? Optional.of(new UsageLine.Key(entry.header().customer(), reversed.usage()))
        : Optional.empty();
  }

  /** Counts an entry; a customer's entries must come in the journal's order. */
  public Verdict add(LedgerEntry entry) {
    EntryHeader header = entry.header();
    if (header.note().metadata().containsKey(Metadata.INVOICE)) {
      // Credits that pay for usage which is on an invoice already.
      return Verdict.DONE;
    }
    return switch (entry.change()) {
      case Change.Used used ->
          use(
              header,
              header.id(),
              used.dimensions(),
              used.quantity(),
              used.credits(),
              used.shortfall());
      case Change.Settled settled ->
          use(
              header,
              settled.reservation(),
              settled.dimensions(),
              settled.quantity(),
              settled.credits(),
              settled.shortfall());
      case Change.Reversed reversed -> undo(header, reversed);
      case Change.Reserved ignored -> Verdict.DONE;
      case Change.Released ignored -> Verdict.DONE;
      case Change.Lapsed ignored -> Verdict.DONE;
      case Change.Granted ignored -> Verdict.DONE;
      case Change.Voided ignored -> Verdict.DONE;
      case Change.Adjusted ignored -> Verdict.DONE;
      case Change.Confirmed ignored -> Verdict.DONE;
      case Change.Cancelled ignored -> Verdict.DONE;
      case Change.Extended ignored -> Verdict.DONE;
      case Change.Configured ignored -> Verdict.DONE;
      case Change.BecameEffective ignored -> Verdict.DONE;
      case Change.Reminded ignored -> Verdict.DONE;
      case Change.TopUpEnded ignored -> Verdict.DONE;
      case Change.Expired ignored -> Verdict.DONE;
      case Change.Renewed ignored -> Verdict.DONE;
    };
  }

  private Verdict use(
      EntryHeader header,
      EventId usage,
      Dimensions dimensions,
      Optional<Quantity> quantity,
      Credits credits,
      Shortfall shortfall) {
    Optional<MeterRule> sent =
        rules.rule(dimensions.meter()).filter(rule -> rule.send() != Send.NONE);
    Credits overage = billed(shortfall);
    if (sent.isEmpty() || (sent.get().send() == Send.OVERAGE && overage.isZero())) {
      return Verdict.DONE;
    }
    MeterRule rule = sent.get();
    if (rule.measure() == Measure.QUANTITY && quantity.isEmpty()) {
      return credits.isZero() ? Verdict.DONE : Verdict.NO_QUANTITY;
    }
    MeterWindow window =
        MeterWindow.around(
            header.customer(),
            rule.eventName(),
            header.occurredAt(),
            rule.window(),
            boundaries.getOrDefault(header.customer(), Set.of()));
    UsageLine line =
        new UsageLine(
            usage,
            window,
            header.occurredAt(),
            Basis.of(rule),
            quantity,
            credits,
            overage,
            Credits.ZERO,
            Credits.ZERO,
            header.recordedAt());
    if (line.counted().signum() != 0) {
      put(line);
      grow(line, line.counted());
    }
    return Verdict.DONE;
  }

  /** What was not sent when it was used is not taken back either. */
  private Verdict undo(EntryHeader header, Change.Reversed reversed) {
    UsageLine.Key key = new UsageLine.Key(header.customer(), reversed.usage());
    Optional<UsageLine> line = Optional.ofNullable(known.get(key));
    line.ifPresent(
        before -> {
          UsageLine after = before.less(reversed.amount(), billed(reversed.cancelled()));
          put(after);
          grow(after, after.counted().subtract(before.counted()));
        });
    return Verdict.DONE;
  }

  private static Credits billed(Shortfall shortfall) {
    return switch (shortfall.kind()) {
      case OVERAGE -> shortfall.amount();
      case NONE, OVERDRAFT, FORGIVEN -> Credits.ZERO;
    };
  }

  private void put(UsageLine line) {
    known.put(line.key(), line);
    changed.put(line.key(), line);
  }

  private void grow(UsageLine line, BigDecimal by) {
    windows.merge(line.window(), new Growth(by, line.basis().aggregation()), Growth::plus);
  }

  /** The lines that are new or changed, as they are after the batch. */
  public Map<UsageLine.Key, UsageLine> lines() {
    return changed;
  }

  /** How much each window that the batch touched grows or shrinks, in the windows' order. */
  public SortedMap<MeterWindow, Growth> windows() {
    return windows;
  }
}
