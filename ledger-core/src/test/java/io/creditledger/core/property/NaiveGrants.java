package io.creditledger.core.property;

import static io.creditledger.core.property.NaiveBookkeeper.amount;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Recurrence;
import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.entry.CustomerSettings;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Grants, their corrections and their timers, by hand. Each answers the unit it touched. */
final class NaiveGrants {

  private final NaiveBooks books;
  private final Input input;
  private final Catalog catalog;
  private final Mistake mistake;
  private final long sequence;

  NaiveGrants(NaiveBooks books, Input input, Catalog catalog, Mistake mistake, long sequence) {
    this.books = books;
    this.input = input;
    this.catalog = catalog;
    this.mistake = mistake;
    this.sequence = sequence;
  }

  Unit issue(LedgerEvent.IssueGrant event) {
    Instant start = event.effectiveAt().orElse(input.occurredAt());
    Unit unit = unit(event.unit());
    Refused.when(!event.amount().isPositive(), Reason.AMOUNT_NOT_POSITIVE);
    refuseEmptyLife(start, event.expiresAt());
    Optional<Instant> end = event.expiresAt();
    if (event.recurring().isPresent()) {
      Recurring recurring = event.recurring().get();
      Instant anchor = recurring.anchor().orElse(start);
      IsoPeriod every = recurring.recurrence().every();
      long boundary = 0;
      while (!after(anchor, every, boundary).isAfter(start)) {
        boundary++;
      }
      Instant renewsAt = after(anchor, every, boundary);
      end = Optional.of(event.expiresAt().orElse(end(recurring, start, renewsAt)));
      addIfComesAgain(
          new NaiveBooks.Again(
              event.grant(), recurring, 1, event.grant(), anchor, boundary, renewsAt));
    }
    boolean pending = event.activation() == LedgerEvent.Activation.ON_CONFIRMATION;
    add(
        event.grant(),
        unit,
        amount(event.amount()),
        event.category(),
        event.priority(),
        start,
        end,
        event.scope(),
        pending ? GrantState.PENDING : started(start));
    repay(List.of(event.grant()));
    event.topUp().ifPresent(request -> new NaiveWatch(books, input, catalog).granted(request));
    return unit;
  }

  private GrantState started(Instant start) {
    return start.isAfter(input.recordedAt()) ? GrantState.SCHEDULED : GrantState.OPEN;
  }

  private void add(
      GrantId id,
      Unit unit,
      BigDecimal amount,
      Category category,
      int priority,
      Instant start,
      Optional<Instant> end,
      Scope scope,
      GrantState state) {
    books.grants.add(
        new NaiveGrant(id, unit, amount, category, priority, start, end, scope, sequence, state));
  }

  private Unit unit(Optional<Unit> named) {
    Unit unit = named.orElse(catalog.defaultUnit());
    Refused.when(!catalog.units().containsKey(unit), Reason.UNIT_UNKNOWN);
    return unit;
  }

  /** A name for a grant of a series; where a caller took it already, with a mark. */
  private GrantId free(String wanted) {
    String id = wanted;
    while (books.find(new GrantId(id)).isPresent()) {
      id += "'";
    }
    return new GrantId(id);
  }

  private static void refuseEmptyLife(Instant start, Optional<Instant> end) {
    Refused.when(end.isPresent() && !end.get().isAfter(start), Reason.FIELD_INVALID);
  }

  // Recurrence (rule 19).

  private void addIfComesAgain(NaiveBooks.Again series) {
    Recurrence recurrence = series.recurring().recurrence();
    boolean last =
        recurrence.count().isPresent() && series.period() >= recurrence.count().getAsInt();
    boolean over =
        recurrence.until().isPresent() && !series.renewsAt().isBefore(recurrence.until().get());
    if (!last && !over) {
      books.series.add(series);
    }
  }

  private Instant end(Recurring recurring, Instant start, Instant renewsAt) {
    return recurring.lifetime().map(life -> after(start, life, 1)).orElse(renewsAt);
  }

  /** So many periods after an instant, by the customer's calendar. */
  private Instant after(Instant anchor, IsoPeriod period, long times) {
    if (!period.time().isZero()) {
      return anchor.plus(period.time().multipliedBy(times));
    }
    ZoneId zone = books.settings.timeZone();
    ZonedDateTime start = anchor.atZone(zone);
    if (mistake == Mistake.MONTH_END_WEARS_OFF) {
      for (long i = 0; i < times; i++) {
        start = start.plus(period.dates());
      }
      return start.toInstant();
    }
    return start.plus(period.dates().multipliedBy(Math.toIntExact(times))).toInstant();
  }

  Unit renew(LedgerEvent.GrantRenewal event) {
    Optional<NaiveBooks.Again> found = books.series(event.grant());
    Refused.when(found.isEmpty(), Reason.TIMER_STALE);
    NaiveBooks.Again series = found.get();
    NaiveGrant old = books.edit(series.current());
    Refused.when(event.period() != series.period() + 1, Reason.TIMER_STALE);
    Refused.when(input.recordedAt().isBefore(series.renewsAt()), Reason.TIMER_EARLY);
    Refused.when(old.state == GrantState.PENDING, Reason.GRANT_PENDING);
    Instant start = series.renewsAt();
    BigDecimal rest = BigDecimal.ZERO;
    if (!old.ended() && old.expiresAt.isPresent() && !old.expiresAt.get().isAfter(start)) {
      // Only what lived until now can go over.
      rest = old.expiresAt.get().equals(start) ? old.unheld : BigDecimal.ZERO;
      expire(old);
    }
    Recurring recurring = series.recurring();
    // The next boundary that is one: a change of the time zone may have moved them all.
    long boundary = series.boundary() + 1;
    while (!after(series.anchor(), recurring.recurrence().every(), boundary).isAfter(start)) {
      boundary++;
    }
    Instant renewsAt = after(series.anchor(), recurring.recurrence().every(), boundary);
    GrantId made = free(series.id() + "#" + event.period());
    Instant end = end(recurring, start, renewsAt);
    add(
        made,
        old.unit,
        old.amount,
        old.category,
        old.priority,
        start,
        Optional.of(end),
        old.scope,
        GrantState.OPEN);
    List<GrantId> counting = new ArrayList<>(List.of(made));
    BigDecimal carried = carried(recurring.recurrence().rollover(), rest);
    if (carried.signum() > 0) {
      GrantId rollover = free(made + "-rollover");
      Instant rolloverEnd =
          recurring
              .recurrence()
              .rollover()
              .flatMap(Rollover::lifetime)
              .map(life -> after(start, life, 1))
              .orElse(end);
      add(
          rollover,
          old.unit,
          carried,
          old.category,
          old.priority,
          start,
          Optional.of(rolloverEnd),
          old.scope,
          GrantState.OPEN);
      counting.add(rollover);
    }
    books.series.remove(series);
    addIfComesAgain(
        new NaiveBooks.Again(
            series.id(), recurring, event.period(), made, series.anchor(), boundary, renewsAt));
    repay(counting);
    return old.unit;
  }

  private BigDecimal carried(Optional<Rollover> rollover, BigDecimal rest) {
    if (rollover.isEmpty() || mistake == Mistake.ROLLOVER_FORGOTTEN) {
      return BigDecimal.ZERO;
    }
    BigDecimal carried = rest;
    if (rollover.get().fraction().isPresent()) {
      carried = rest.multiply(rollover.get().fraction().get()).setScale(6, RoundingMode.HALF_EVEN);
    }
    if (rollover.get().cap().isPresent()) {
      carried = carried.min(amount(rollover.get().cap().get()));
    }
    return carried;
  }

  // What begins to count repays first what is owed (rule 9).

  private void repay(List<GrantId> counting) {
    for (GrantId id : counting) {
      NaiveGrant grant = books.edit(id);
      if (!grant.countsAt(input.recordedAt(), mistake)
          || mistake == Mistake.OVERDRAFT_NEVER_REPAID) {
        continue;
      }
      if (mistake == Mistake.OVERAGE_REPAID) {
        BigDecimal billed = books.overage.getOrDefault(grant.unit, BigDecimal.ZERO);
        BigDecimal part = billed.min(grant.unheld);
        grant.unheld = grant.unheld.subtract(part);
        grant.consumed = grant.consumed.add(part);
        books.overage.put(grant.unit, billed.subtract(part));
      }
      for (NaiveBooks.Owed owed : List.copyOf(books.owed)) {
        BigDecimal part = owed.outstanding().min(grant.unheld);
        if (!owed.unit().equals(grant.unit)
            || !grant.covers(owed.dimensions(), mistake)
            || part.signum() == 0) {
          continue;
        }
        grant.unheld = grant.unheld.subtract(part);
        grant.consumed = grant.consumed.add(part);
        List<NaiveBooks.Part> repaid = new ArrayList<>(owed.repaid());
        repaid.add(new NaiveBooks.Part(id, part));
        books.put(
            new NaiveBooks.Owed(
                owed.unit(), owed.dimensions(), owed.outstanding().subtract(part), repaid));
      }
    }
  }

  Unit effective(LedgerEvent.GrantEffective event) {
    NaiveGrant grant = edit(event.grant());
    Refused.when(grant.state != GrantState.SCHEDULED, Reason.TIMER_STALE);
    Refused.when(input.recordedAt().isBefore(grant.effectiveAt), Reason.TIMER_EARLY);
    grant.state = GrantState.OPEN;
    repay(List.of(grant.id));
    return grant.unit;
  }

  Unit confirm(LedgerEvent.ConfirmGrant event) {
    NaiveGrant grant = edit(event.grant());
    Refused.when(grant.state != GrantState.PENDING, Reason.GRANT_NOT_PENDING);
    grant.state = started(grant.effectiveAt);
    repay(List.of(grant.id));
    return grant.unit;
  }

  Unit cancel(LedgerEvent.CancelGrant event) {
    NaiveGrant grant = edit(event.grant());
    boolean recurs =
        books.series.removeIf(
            series -> series.id().equals(grant.id) || series.current().equals(grant.id));
    Refused.when(grant.state != GrantState.PENDING && !recurs, Reason.GRANT_NOT_PENDING);
    if (grant.state == GrantState.PENDING) {
      grant.voided = grant.voided.add(grant.unheld);
      grant.unheld = BigDecimal.ZERO;
      grant.state = GrantState.VOIDED;
    }
    return grant.unit;
  }

  private void endSeriesOf(GrantId current) {
    books.series.removeIf(series -> series.current().equals(current));
  }

  // Expiry (rule 5).

  Unit expire(LedgerEvent.GrantExpiry event) {
    NaiveGrant grant = edit(event.grant());
    Refused.when(grant.ended(), Reason.GRANT_ENDED);
    Refused.when(!grant.expiresAt.equals(Optional.of(event.expiresAt())), Reason.TIMER_STALE);
    Refused.when(
        input.recordedAt().isBefore(event.expiresAt().plus(catalog.limits().expiryGrace())),
        Reason.TIMER_EARLY);
    if (grant.state == GrantState.PENDING) {
      // Nobody confirmed it in its life: it does not come again either.
      endSeriesOf(grant.id);
    }
    expire(grant);
    return grant.unit;
  }

  private static void expire(NaiveGrant grant) {
    grant.expired = grant.expired.add(grant.unheld);
    grant.unheld = BigDecimal.ZERO;
    grant.state = GrantState.EXPIRED;
  }

  // Corrections (rule 13).

  Unit voidGrant(LedgerEvent.VoidGrant event) {
    NaiveGrant grant = edit(event.grant());
    boolean whole = event.extent() instanceof LedgerEvent.Extent.All;
    boolean atMost = event.extent() instanceof LedgerEvent.Extent.UpTo;
    Refused.when(grant.ended() && !atMost, Reason.GRANT_ENDED);
    BigDecimal wanted = wanted(event.extent(), grant.unheld);
    Refused.when(!whole && wanted.signum() <= 0, Reason.AMOUNT_NOT_POSITIVE);
    BigDecimal left = grant.unheld;
    if (mistake == Mistake.VOID_TAKES_HELD) {
      left = left.add(grant.held);
      grant.held = BigDecimal.ZERO;
      grant.unheld = left;
    }
    BigDecimal amount = whole ? left : wanted;
    if (atMost && mistake != Mistake.UP_TO_IS_EXACT) {
      amount = amount.min(left);
    }
    Refused.when(amount.compareTo(left) > 0, Reason.VOID_EXCEEDS_REMAINDER);
    grant.unheld = left.subtract(amount);
    grant.voided = grant.voided.add(amount);
    if (whole || (mistake == Mistake.PARTIAL_VOID_ENDS && !grant.ended())) {
      grant.state = GrantState.VOIDED;
      endSeriesOf(grant.id);
    }
    return grant.unit;
  }

  private static BigDecimal wanted(LedgerEvent.Extent extent, BigDecimal left) {
    return switch (extent) {
      case LedgerEvent.Extent.All all -> left;
      case LedgerEvent.Extent.Exactly exactly -> amount(exactly.amount());
      case LedgerEvent.Extent.UpTo upTo -> amount(upTo.amount());
    };
  }

  Unit adjust(LedgerEvent.Adjust event) {
    Refused.when(event.amount().isZero(), Reason.FIELD_INVALID);
    BigDecimal amount = amount(event.amount());
    if (event.grant().isPresent()) {
      NaiveGrant grant = edit(event.grant().get());
      Refused.when(grant.ended(), Reason.GRANT_ENDED);
      Refused.when(grant.state == GrantState.PENDING, Reason.GRANT_PENDING);
      Refused.when(
          amount.negate().compareTo(grant.unheld) > 0, Reason.ADJUSTMENT_EXCEEDS_REMAINDER);
      move(grant, amount);
      return grant.unit;
    }
    return amount.signum() > 0 ? adjustUp(event, amount) : adjustDown(event, amount);
  }

  private Unit adjustUp(LedgerEvent.Adjust event, BigDecimal amount) {
    Unit unit = unit(event.unit());
    GrantId id = NaiveBookkeeper.grantId(event.id());
    Refused.when(
        books.find(id).isPresent() && mistake != Mistake.DUPLICATES_COUNT, Reason.ID_REUSED);
    Instant start = input.occurredAt();
    refuseEmptyLife(start, event.expiresAt());
    add(
        id,
        unit,
        amount,
        Category.PROMOTIONAL,
        50,
        start,
        event.expiresAt(),
        Scope.EVERYTHING,
        started(start));
    repay(List.of(id));
    return unit;
  }

  private Unit adjustDown(LedgerEvent.Adjust event, BigDecimal amount) {
    Unit unit = unit(event.unit());
    BigDecimal left = amount.negate();
    for (GrantId id :
        NaiveBurnOrder.candidates(books, unit, Dimensions.NONE, input.occurredAt(), mistake)) {
      NaiveGrant grant = books.edit(id);
      BigDecimal part = grant.unheld.min(left);
      move(grant, part.negate());
      left = left.subtract(part);
    }
    Refused.when(left.signum() > 0, Reason.ADJUSTMENT_EXCEEDS_REMAINDER);
    return unit;
  }

  private static void move(NaiveGrant grant, BigDecimal amount) {
    grant.adjusted = grant.adjusted.add(amount);
    grant.unheld = grant.unheld.add(amount);
  }

  Unit extend(LedgerEvent.ExtendGrant event) {
    NaiveGrant grant = edit(event.grant());
    Refused.when(grant.ended(), Reason.GRANT_ENDED);
    Optional<Instant> end =
        switch (event.end()) {
          case LedgerEvent.NewEnd.Unchanged unchanged -> grant.expiresAt;
          case LedgerEvent.NewEnd.Never never -> Optional.empty();
          case LedgerEvent.NewEnd.At at -> Optional.of(at.expiresAt());
        };
    refuseEmptyLife(grant.effectiveAt, end);
    grant.expiresAt = end;
    return grant.unit;
  }

  Optional<Unit> configure(LedgerEvent.Configure event) {
    event
        .alerts()
        .forEach(
            (unit, rule) -> {
              if (rule instanceof LedgerEvent.NewAlertRule.Own) {
                unit(Optional.of(unit));
              }
            });
    if (event.topUp() instanceof LedgerEvent.NewTopUp.Rule set) {
      unit(Optional.of(set.rule().unit()));
    }
    Refused.when(
        event.plan().isPresent() && catalog.plan(event.plan().get()).isEmpty(),
        Reason.PLAN_UNKNOWN);
    CustomerSettings old = books.settings;
    books.settings =
        new CustomerSettings(
            event.overdraft().or(old::overdraft),
            event.timeZone().orElse(old.timeZone()),
            event.plan().or(old::plan),
            alerts(old, event),
            switch (event.topUp()) {
              case LedgerEvent.NewTopUp.Unchanged unchanged -> old.topUp();
              case LedgerEvent.NewTopUp.None none -> Optional.empty();
              case LedgerEvent.NewTopUp.Rule set -> Optional.of(set.rule());
            });
    if (event.topUp() instanceof LedgerEvent.NewTopUp.Rule) {
      new NaiveWatch(books, input, catalog).ruleSet();
    }
    return books.settings.topUp().map(TopUpRule::unit);
  }

  private static Map<Unit, AlertRule> alerts(CustomerSettings old, LedgerEvent.Configure event) {
    Map<Unit, AlertRule> alerts = new HashMap<>(old.alerts());
    event
        .alerts()
        .forEach(
            (unit, rule) -> {
              switch (rule) {
                case LedgerEvent.NewAlertRule.Catalogs catalogs -> alerts.remove(unit);
                case LedgerEvent.NewAlertRule.Own own -> alerts.put(unit, own.rule());
              }
            });
    return alerts;
  }

  private NaiveGrant edit(GrantId id) {
    Refused.when(books.find(id).isEmpty(), Reason.GRANT_UNKNOWN);
    return books.edit(id);
  }
}
