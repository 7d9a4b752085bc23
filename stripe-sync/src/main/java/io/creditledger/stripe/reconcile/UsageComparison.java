package io.creditledger.stripe.reconcile;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.Database;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.period.BillingPeriods;
import io.creditledger.stripe.reconcile.Difference.Kind;
import io.creditledger.stripe.reconcile.OutboxReader.Snapshot;
import io.creditledger.stripe.rules.MeterRule;
import io.creditledger.stripe.rules.StripeRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what the journal, the outbox and Stripe have of usage. Changes nothing. */
final class UsageComparison {

  /** How often Stripe is read once more because the outbox has moved meanwhile. */
  private static final int READS_MAX = 5;

  private final Database database;
  private final StripeRules rules;
  private final OutboxReader outbox;
  private final JournalSource journal;
  private final StripeSums stripe;
  private final Reconciler reconciler;
  private final InstantSource time;

  UsageComparison(
      Database database,
      StripeRules rules,
      OutboxReader outbox,
      JournalSource journal,
      StripeSums stripe,
      InstantSource time) {
    this.database = database;
    this.rules = rules;
    this.outbox = outbox;
    this.journal = journal;
    this.stripe = stripe;
    this.reconciler = new Reconciler(rules.reconcile().counting());
    this.time = time;
  }

  /**
   * What was found.
   *
   * @param totals what each book comes to in the whole interval
   * @param missing what Stripe lacks without a reason, so that it could be sent again
   */
  record Found(
      Fence fence,
      long windows,
      int customers,
      List<Totals> totals,
      List<Difference> differences,
      List<Missing> missing) {}

  /** One customer and meter in the whole interval. */
  record Totals(MeterKey key, BigDecimal journal, BigDecimal outbox, BigDecimal stripe) {

    boolean isNothing() {
      return journal.signum() == 0 && outbox.signum() == 0 && stripe.signum() == 0;
    }

    boolean agree() {
      return journal.compareTo(outbox) == 0 && isSame(stripe, journal);
    }
  }

  /** One customer and meter on their way through the comparison. */
  private record Subject(MeterKey key, Optional<String> meterId, Optional<String> stripeCustomer) {

    /** Whether Stripe can be asked about it. */
    boolean isReadable() {
      return meterId.isPresent() && stripeCustomer.isPresent();
    }
  }

  /** Compares. */
  Found compare(Scope scope) throws InterruptedException {
    Snapshot snapshot = outbox.snapshot(scope);
    JournalSums.Counted journaled =
        JournalSums.read(journal, snapshot.fence(), scope, rules, this::boundaries);
    Sums counted = journaled.sums();
    Map<String, String> meters = stripe.meters();
    Set<MeterKey> keys = keys(journaled, snapshot);
    Map<CustomerId, String> stripeIds = stripeIds(keys);
    List<Totals> totals = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    List<Missing> missing = new ArrayList<>();
    for (MeterKey key : keys) {
      Subject subject =
          new Subject(
              key,
              Optional.ofNullable(meters.get(key.eventName())),
              Optional.ofNullable(stripeIds.get(key.customer())));
      totals.add(compare(scope, subject, counted, snapshot, differences, missing));
    }
    int customers = (int) keys.stream().map(MeterKey::customer).distinct().count();
    return new Found(snapshot.fence(), snapshot.windows(), customers, totals, differences, missing);
  }

  private Map<CustomerId, Set<Instant>> boundaries(Set<CustomerId> customers) {
    return database.jdbi().withHandle(handle -> BillingPeriods.boundaries(handle, customers));
  }

  private Map<CustomerId, String> stripeIds(Set<MeterKey> keys) {
    Set<CustomerId> customers = keys.stream().map(MeterKey::customer).collect(Collectors.toSet());
    return database.jdbi().withHandle(handle -> Customers.stripeIds(handle, customers));
  }

  /** Whatever has usage anywhere here, and all customers whom Stripe knows. */
  private Set<MeterKey> keys(JournalSums.Counted journaled, Snapshot snapshot) {
    Set<MeterKey> keys = new TreeSet<>(journaled.sums().keys());
    keys.addAll(snapshot.counted().keys());
    keys.addAll(snapshot.delivered().keys());
    Set<CustomerId> customers =
        database
            .jdbi()
            .withHandle(
                handle -> {
                  Set<CustomerId> known = new HashSet<>(Customers.linked(handle));
                  known.addAll(Customers.stripeIds(handle, journaled.customers()).keySet());
                  return known;
                });
    for (MeterRule rule : rules.sending()) {
      customers.forEach(customer -> keys.add(new MeterKey(customer, rule.eventName())));
    }
    return keys;
  }

  private Totals compare(
      Scope scope,
      Subject subject,
      Sums counted,
      Snapshot snapshot,
      List<Difference> differences,
      List<Missing> missing)
      throws InterruptedException {
    MeterKey key = subject.key();
    NavigableMap<Instant, BigDecimal> delivered = snapshot.delivered().of(key);
    NavigableMap<Instant, BigDecimal> there = inStripe(scope, subject, delivered);
    Duration length = scope.length(key.eventName());
    Set<Instant> begins = new TreeSet<>(counted.of(key).keySet());
    begins.addAll(snapshot.counted().of(key).keySet());
    begins.addAll(delivered.keySet());
    begins.addAll(there.keySet());
    for (Instant begin : begins) {
      Span span = new Span(begin, begin.plus(length));
      BigDecimal inJournal = counted.within(key, span);
      BigDecimal inOutbox = snapshot.counted().within(key, span);
      BigDecimal inStripe = there.getOrDefault(begin, BigDecimal.ZERO);
      boolean same =
          inJournal.compareTo(inOutbox) == 0
              && isSame(inStripe, inOutbox)
              && isSame(inStripe, snapshot.delivered().within(key, span));
      if (!same) {
        if (inJournal.compareTo(inOutbox) != 0) {
          differences.add(uncounted(span, key, inJournal, inOutbox, inStripe));
        }
        explain(span, subject, differences, missing);
      }
    }
    return new Totals(
        key,
        counted.within(key, scope.span()),
        snapshot.counted().within(key, scope.span()),
        there.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private static boolean isSame(BigDecimal stripe, BigDecimal exact) {
    return Amounts.difference(stripe, exact, (int) Span.DAY.toMinutes()).signum() == 0;
  }

  private NavigableMap<Instant, BigDecimal> inStripe(
      Scope scope, Subject subject, NavigableMap<Instant, BigDecimal> expected)
      throws InterruptedException {
    if (!subject.isReadable()) {
      return new TreeMap<>();
    }
    String meter = subject.meterId().get();
    String customer = subject.stripeCustomer().get();
    return scope.length(subject.key().eventName()).equals(Span.DAY)
        ? stripe.days(meter, customer, scope.span())
        : stripe.hours(meter, customer, scope.span(), expected);
  }

  /** The outbox has counted something else than the journal has: always a fault. */
  private Difference uncounted(
      Span span, MeterKey key, BigDecimal inJournal, BigDecimal inOutbox, BigDecimal inStripe) {
    return new Difference(
        Kind.USAGE,
        key.customer().value(),
        key.eventName(),
        span.toString(),
        text(inJournal),
        text(inOutbox),
        text(inStripe),
        text(inOutbox.subtract(inJournal)),
        Duration.between(span.from(), time.instant()),
        Cause.UNEXPLAINED,
        "the outbox has not counted what the journal has; rules that were changed since count only"
            + " usage from then on");
  }

  /** Explains one interval, and in parts what cannot be explained as a whole. */
  private void explain(
      Span span, Subject subject, List<Difference> differences, List<Missing> missing)
      throws InterruptedException {
    Read read = read(span, subject);
    Instant now = time.instant();
    Beyond beyond = reconciler.beyond(read.books(), read.stripe(), now);
    boolean divisible = span.length().compareTo(Span.MINUTE) > 0 && read.books().addsUp();
    if (!beyond.isExplained() && divisible && subject.isReadable()) {
      explain(new Span(span.from(), span.middle()), subject, differences, missing);
      explain(new Span(span.middle(), span.to()), subject, differences, missing);
      return;
    }
    for (Share share : reconciler.explain(span, read.books(), read.stripe(), now)) {
      Cause cause =
          subject.meterId().isEmpty() && share.cause() == Cause.UNEXPLAINED
              ? Cause.NO_METER
              : share.cause();
      differences.add(line(span, subject.key(), read, share, cause, now));
    }
    if (subject.isReadable()) {
      missing.addAll(Missing.in(read.books(), beyond));
    }
  }

  /** What both sides have of an interval, as of one instant. */
  private record Read(Books books, BigDecimal stripe) {}

  private Read read(Span span, Subject subject) throws InterruptedException {
    Books before = outbox.books(subject.key(), span);
    for (int reads = 1; ; reads++) {
      BigDecimal there =
          subject.isReadable()
              ? stripe.sum(subject.meterId().get(), subject.stripeCustomer().get(), span)
              : BigDecimal.ZERO;
      Books after = outbox.books(subject.key(), span);
      if (after.equals(before) || reads == READS_MAX) {
        return new Read(after, there);
      }
      before = after;
    }
  }

  private static Difference line(
      Span span, MeterKey key, Read read, Share share, Cause cause, Instant now) {
    return new Difference(
        Kind.USAGE,
        key.customer().value(),
        key.eventName(),
        span.toString(),
        text(read.books().counted()),
        text(read.books().queued()),
        text(read.stripe()),
        text(share.amount()),
        Duration.between(share.since(), now),
        cause,
        share.detail());
  }

  private static String text(BigDecimal amount) {
    return Amounts.plain(amount).toPlainString();
  }
}
