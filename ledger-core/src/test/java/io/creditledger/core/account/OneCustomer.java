package io.creditledger.core.account;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.scenario.MemoryLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One customer's ledger for tests to play with: what happens, happens at the time it was put to.
 */
public final class OneCustomer {

  private static final CustomerId ID = new CustomerId("cus_1");

  private final Catalog catalog;
  private final MemoryLedger ledger;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int made;

  public OneCustomer(Catalog catalog) {
    this.catalog = catalog;
    this.ledger = new MemoryLedger(catalog);
  }

  /** Goes on to a time, without its timers. */
  public OneCustomer at(Instant time) {
    now = time;
    return this;
  }

  public OneCustomer at(String time) {
    return at(Instant.parse(time));
  }

  public OneCustomer later(Duration by) {
    return at(now.plus(by));
  }

  public Instant now() {
    return now;
  }

  /** Lets the timers publish what is due by now. */
  public OneCustomer timers() {
    ledger.fireTimersUntil(now);
    return this;
  }

  public Account account() {
    return ledger.account(ID);
  }

  public List<LedgerEntry> entries() {
    return ledger.entries(ID);
  }

  /** All that was told so far. */
  public List<Alert> alerts() {
    return entries().stream().flatMap(entry -> entry.alerts().stream()).toList();
  }

  /** Its types and no more. */
  public List<String> told() {
    return alerts().stream().map(alert -> alert.type().wireName()).toList();
  }

  public Credits available() {
    return Balances.of(account(), Unit.CREDITS, now).available();
  }

  public Optional<Instant> nextDue() {
    return DueEvents.next(account(), catalog);
  }

  public List<DueEvents.Due> due() {
    return DueEvents.until(account(), catalog, now);
  }

  public Decision submit(LedgerEvent event) {
    return ledger.submit(event, now);
  }

  public Decision grant(String id, String amount) {
    return grant(id, amount, Optional.empty(), Optional.empty());
  }

  public Decision grantUntil(String id, String amount, String end) {
    return grant(id, amount, Optional.of(Instant.parse(end)), Optional.empty());
  }

  public Decision answer(String topUp, String amount) {
    return grant(next("t").value(), amount, Optional.empty(), Optional.of(new EventId(topUp)));
  }

  private Decision grant(String id, String amount, Optional<Instant> end, Optional<EventId> topUp) {
    return submit(
        new LedgerEvent.IssueGrant(
            new EventId(id),
            ID,
            Credits.parse(amount),
            Optional.empty(),
            Category.PAID,
            GrantTerms.PRIORITY_DEFAULT,
            Optional.empty(),
            end,
            Scope.EVERYTHING,
            LedgerEvent.Activation.AT_ONCE,
            Optional.empty(),
            GrantDetails.NONE,
            topUp,
            Optional.empty(),
            Note.NONE));
  }

  public Decision use(String credits) {
    return submit(
        new LedgerEvent.Usage(
            next("u"), ID, Dimensions.NONE, rated(credits), Map.of(), Optional.empty(), Note.NONE));
  }

  public Decision use(MeterName meter, String quantity) {
    return use(meter, quantity, now);
  }

  public Decision use(MeterName meter, String quantity, Instant occurredAt) {
    return submit(
        new LedgerEvent.Usage(
            next("u"),
            ID,
            new Dimensions(Optional.of(meter), Optional.empty()),
            new Charge.Metered(Quantity.parse(quantity)),
            Map.of(),
            Optional.of(occurredAt),
            Note.NONE));
  }

  public Decision reverse(EventId usage) {
    return submit(
        new LedgerEvent.Reverse(
            next("v"), ID, usage, Optional.empty(), Optional.empty(), Note.NONE));
  }

  public Decision reserve(String id, String credits) {
    return reserve(id, Dimensions.NONE, rated(credits));
  }

  public Decision reserve(String id, MeterName meter, String quantity) {
    return reserve(
        id,
        new Dimensions(Optional.of(meter), Optional.empty()),
        new Charge.Metered(Quantity.parse(quantity)));
  }

  private Decision reserve(String id, Dimensions dimensions, Charge charge) {
    return submit(
        new LedgerEvent.Reserve(
            new EventId(id),
            ID,
            dimensions,
            charge,
            Map.of(),
            new LedgerEvent.Lifetime.For(Duration.ofHours(24)),
            Optional.empty(),
            Note.NONE));
  }

  public Decision settle(String reservation, Optional<Charge> charge) {
    return submit(
        new LedgerEvent.Settle(
            next("s"),
            ID,
            new EventId(reservation),
            charge,
            Map.of(),
            Optional.empty(),
            Note.NONE));
  }

  public Decision release(String reservation) {
    return submit(
        new LedgerEvent.Release(
            next("x"), ID, new EventId(reservation), Optional.empty(), Note.NONE));
  }

  public Decision extend(String grant, String end) {
    return submit(
        new LedgerEvent.ExtendGrant(
            next("x"),
            ID,
            new GrantId(grant),
            new LedgerEvent.NewEnd.At(Instant.parse(end)),
            Map.of(),
            Optional.empty(),
            Note.NONE));
  }

  public Decision alerting(AlertRule rule) {
    return configure(
        Optional.empty(),
        Optional.empty(),
        Map.of(Unit.CREDITS, new LedgerEvent.NewAlertRule.Own(rule)),
        new LedgerEvent.NewTopUp.Unchanged());
  }

  public Decision alertingAsTheCatalogSays() {
    return configure(
        Optional.empty(),
        Optional.empty(),
        Map.of(Unit.CREDITS, new LedgerEvent.NewAlertRule.Catalogs()),
        new LedgerEvent.NewTopUp.Unchanged());
  }

  public Decision toppingUp(TopUpRule rule) {
    return configure(
        Optional.empty(), Optional.empty(), Map.of(), new LedgerEvent.NewTopUp.Rule(rule));
  }

  public Decision notToppingUp() {
    return configure(Optional.empty(), Optional.empty(), Map.of(), new LedgerEvent.NewTopUp.None());
  }

  public Decision movingTo(String zone) {
    return configure(
        Optional.of(ZoneId.of(zone)),
        Optional.empty(),
        Map.of(),
        new LedgerEvent.NewTopUp.Unchanged());
  }

  public Decision onPlan(String plan) {
    return configure(
        Optional.empty(), Optional.of(plan), Map.of(), new LedgerEvent.NewTopUp.Unchanged());
  }

  private Decision configure(
      Optional<ZoneId> zone,
      Optional<String> plan,
      Map<Unit, LedgerEvent.NewAlertRule> alerts,
      LedgerEvent.NewTopUp topUp) {
    return submit(
        new LedgerEvent.Configure(
            next("x"),
            ID,
            Optional.empty(),
            zone,
            plan,
            alerts,
            topUp,
            Optional.empty(),
            Note.NONE));
  }

  public Decision topUp(String request, TopUpOutcome outcome) {
    return submit(
        new LedgerEvent.EndTopUp(
            next("x"), ID, new EventId(request), outcome, Optional.empty(), Note.NONE));
  }

  public Decision remind(Optional<GrantId> grant) {
    return submit(new LedgerEvent.Reminder(next("t"), ID, grant));
  }

  private EventId next(String kind) {
    return new EventId(kind + ++made);
  }

  private static Charge rated(String credits) {
    return new Charge.Rated(Credits.parse(credits), Optional.empty());
  }

  /** Why it was refused; empty: it was not. */
  public static Optional<Reason> refusal(Decision decision) {
    return decision instanceof Decision.Rejected rejected
        ? Optional.of(rejected.reason())
        : Optional.empty();
  }
}
