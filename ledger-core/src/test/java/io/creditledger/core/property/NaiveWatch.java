package io.creditledger.core.property;

import static io.creditledger.core.property.NaiveBookkeeper.amount;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Aggregation;
import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.catalog.UsageLimit;
import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is told, asked for and limited, by hand: every request and count ever, gone through again.
 */
final class NaiveWatch {

  /** A top-up that was asked for. */
  record Request(EventId id, Instant at, YearMonth month, BigDecimal amount, Stage stage) {}

  enum Stage {
    PENDING,
    GRANTED,
    FAILED,
    CANCELLED
  }

  /** So much of a limited meter, in the period of the calendar that began on a day. */
  record Count(MeterName meter, LocalDate since, BigDecimal quantity, Instant until) {}

  /** That a grant's end was told. */
  record Told(GrantId grant, Instant end) {}

  private final NaiveBooks books;
  private final Input input;
  private final Catalog catalog;
  private final Instant now;

  NaiveWatch(NaiveBooks books, Input input, Catalog catalog) {
    this.books = books;
    this.input = input;
    this.catalog = catalog;
    this.now = input.recordedAt();
  }

  // Limits

  /** Refuses what the plan does not allow; what was reserved before is never refused. */
  void limit(
      Dimensions dimensions,
      Optional<BigDecimal> quantity,
      Optional<NaiveBooks.Hold> settled,
      boolean counts) {
    Optional<UsageLimit> limit =
        dimensions
            .meter()
            .flatMap(
                meter ->
                    books.settings.plan().flatMap(catalog::plan).map(plan -> plan.limit(meter)));
    if (limit.isEmpty()) {
      return;
    }
    MeterName meter = dimensions.meter().get();
    BigDecimal asked = counted(meter, quantity);
    boolean promised =
        settled.isPresent() && asked.compareTo(counted(meter, settled.get().quantity())) <= 0;
    switch (limit.get()) {
      case UsageLimit.Unlimited unlimited -> {}
      case UsageLimit.Disabled disabled -> Refused.when(!promised, Reason.METER_DISABLED);
      case UsageLimit.Limited limited -> {
        ZoneId zone = books.settings.timeZone();
        LocalDate day = LocalDate.ofInstant(input.occurredAt(), zone);
        boolean daily = limited.per() == UsageLimit.Per.DAY;
        LocalDate since = daily ? day : day.withDayOfMonth(1);
        LocalDate end = daily ? since.plusDays(1) : since.plusMonths(1);
        BigDecimal reached = asked;
        for (Count count : books.counts) {
          if (count.meter().equals(meter) && count.since().equals(since)) {
            reached = reached.add(count.quantity());
          }
        }
        for (NaiveBooks.Hold hold : books.holds) {
          if (hold.fate() == io.creditledger.core.account.Fate.HELD
              && hold.dimensions().meter().equals(Optional.of(meter))
              && !settled.equals(Optional.of(hold))) {
            reached = reached.add(counted(meter, hold.quantity()));
          }
        }
        Refused.when(
            !promised && reached.compareTo(limited.quantity().value()) > 0,
            Reason.USAGE_LIMIT_EXCEEDED);
        if (counts) {
          Instant until = end.atStartOfDay(zone).toInstant().plus(catalog.limits().usageAgeMax());
          books.counts.removeIf(
              one ->
                  one.meter().equals(meter)
                      && !one.since().equals(since)
                      && one.until().isBefore(now));
          books.counts.add(new Count(meter, since, asked, until));
          books.counts.replaceAll(
              one ->
                  one.meter().equals(meter) && one.since().equals(since)
                      ? new Count(meter, since, one.quantity(), until)
                      : one);
        }
      }
    }
  }

  private BigDecimal counted(MeterName meter, Optional<BigDecimal> quantity) {
    boolean nothing = quantity.isPresent() && quantity.get().signum() == 0;
    boolean events =
        catalog.meter(meter).filter(one -> one.aggregation() == Aggregation.COUNT).isPresent();
    return nothing ? BigDecimal.ZERO : events ? BigDecimal.ONE : quantity.orElse(BigDecimal.ONE);
  }

  // What timers and callers say

  Optional<Unit> remind(LedgerEvent.Reminder event) {
    if (event.grant().isEmpty()) {
      Optional<Instant> turn = turn();
      Refused.when(turn.isEmpty(), Reason.TIMER_STALE);
      Refused.when(now.isBefore(turn.get()), Reason.TIMER_EARLY);
      books.remindedAt = Optional.of(now);
      return books.settings.topUp().map(TopUpRule::unit);
    }
    Optional<NaiveGrant> grant = books.find(event.grant().get());
    Refused.when(
        grant.isEmpty()
            || grant.get().state != GrantState.OPEN
            || grant.get().unheld.signum() == 0
            || grant.get().expiresAt.isEmpty()
            || rule(grant.get().unit).expiringSoon().isEmpty()
            || books.told.contains(new Told(grant.get().id, grant.get().expiresAt.get())),
        Reason.TIMER_STALE);
    Instant end = grant.get().expiresAt.get();
    Refused.when(
        now.isBefore(end.minus(rule(grant.get().unit).expiringSoon().get()))
            || grant.get().effectiveAt.isAfter(now),
        Reason.TIMER_EARLY);
    books.told.add(new Told(grant.get().id, end));
    return Optional.of(grant.get().unit);
  }

  Optional<Unit> end(LedgerEvent.EndTopUp event) {
    Refused.when(!pending().equals(Optional.of(event.topUp())), Reason.TOP_UP_UNKNOWN);
    boolean failed = event.outcome() == TopUpOutcome.FAILED;
    resolve(event.topUp(), failed ? Stage.FAILED : Stage.CANCELLED);
    books.failures += failed ? 1 : 0;
    return books.settings.topUp().map(TopUpRule::unit);
  }

  void granted(EventId request) {
    if (pending().equals(Optional.of(request))) {
      resolve(request, Stage.GRANTED);
      books.failures = 0;
    }
  }

  void ruleSet() {
    books.failures = 0;
    books.cooling = false;
  }

  private void resolve(EventId id, Stage stage) {
    books.requests.replaceAll(
        one ->
            one.id().equals(id)
                ? new Request(id, one.at(), one.month(), one.amount(), stage)
                : one);
  }

  private Optional<EventId> pending() {
    return books.requests.stream()
        .filter(one -> one.stage() == Stage.PENDING)
        .map(Request::id)
        .findFirst();
  }

  /** When time alone lets the rule ask. */
  private Optional<Instant> turn() {
    Optional<TopUpRule> rule = books.settings.topUp();
    if (rule.isEmpty()
        || pending().isPresent()
        || books.failures >= rule.get().failuresMax()
        || books.requests.isEmpty()) {
      return Optional.empty();
    }
    ZoneId zone = books.settings.timeZone();
    Instant cooled = books.requests.getLast().at().plus(rule.get().coolDown());
    YearMonth month = books.cooling ? month(cooled) : books.requests.getLast().month();
    Optional<Instant> turn = books.cooling ? Optional.of(cooled) : Optional.empty();
    if (asked(month).compareTo(cap(rule.get())) >= 0) {
      turn = Optional.of(month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
    }
    return turn.filter(at -> books.remindedAt.isEmpty() || books.remindedAt.get().isBefore(at));
  }

  /** The month at that time, though never one before a month in which something was asked for. */
  private YearMonth month(Instant at) {
    YearMonth month = YearMonth.from(at.atZone(books.settings.timeZone()));
    for (Request request : books.requests) {
      month = request.month().isAfter(month) ? request.month() : month;
    }
    return month;
  }

  private BigDecimal asked(YearMonth month) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Request one : books.requests) {
      if (one.month().equals(month)
          && (one.stage() == Stage.PENDING || one.stage() == Stage.GRANTED)) {
        sum = sum.add(one.amount());
      }
    }
    return sum;
  }

  private static BigDecimal cap(TopUpRule rule) {
    return rule.monthlyCap()
        .map(NaiveBookkeeper::amount)
        .orElse(BigDecimal.valueOf(Long.MAX_VALUE, 6));
  }

  // What is told

  AlertRule rule(Unit unit) {
    AlertRule own = books.settings.alerts().get(unit);
    return own != null
        ? own
        : catalog.units().containsKey(unit)
            ? catalog.units().get(unit).alerts()
            : AlertRule.DEFAULT;
  }

  /** All that an accepted event has to tell, in words. */
  List<String> look(Unit unit) {
    List<String> told = new ArrayList<>();
    BigDecimal available = books.available(unit, now, Mistake.NONE);
    BigDecimal bound = bound(unit);
    AlertLevel before = books.levels.getOrDefault(unit, AlertLevel.UNFUNDED);
    AlertLevel after;
    if (available.signum() == 0) {
      after = before == AlertLevel.UNFUNDED ? AlertLevel.UNFUNDED : AlertLevel.DEPLETED;
      if (before == AlertLevel.FINE || before == AlertLevel.LOW) {
        told.add("depleted " + unit + " " + text(available));
      }
    } else if (available.compareTo(bound) <= 0) {
      after = AlertLevel.LOW;
      if (before == AlertLevel.FINE) {
        told.add("low " + unit + " " + text(available) + " " + text(bound));
      }
    } else {
      after = AlertLevel.FINE;
      if (before == AlertLevel.LOW || before == AlertLevel.DEPLETED) {
        told.add("recovered " + unit + " " + text(available));
      }
    }
    books.levels.put(unit, after);
    tellOfEnd(unit, told);
    tellOfPause(unit, told);
    ask(unit, available, told);
    return told;
  }

  private BigDecimal bound(Unit unit) {
    AlertRule rule = rule(unit);
    BigDecimal low = rule.low().map(NaiveBookkeeper::amount).orElse(BigDecimal.ZERO);
    BigDecimal granted = BigDecimal.ZERO;
    for (NaiveGrant grant : books.grants) {
      boolean usedUp =
          grant.expiresAt.isEmpty() && grant.unheld.signum() == 0 && grant.held.signum() == 0;
      if (grant.unit.equals(unit) && grant.countsAt(now, Mistake.NONE) && !usedUp) {
        granted = granted.add(grant.granted());
      }
    }
    granted = granted.min(BigDecimal.valueOf(Long.MAX_VALUE, 6));
    BigDecimal share = granted.multiply(rule.lowShare().orElse(BigDecimal.ZERO));
    return low.max(share.setScale(6, RoundingMode.HALF_EVEN));
  }

  private void tellOfEnd(Unit unit, List<String> told) {
    if (input.event() instanceof LedgerEvent.Reminder reminder && reminder.grant().isPresent()) {
      NaiveGrant grant = books.find(reminder.grant().get()).orElseThrow();
      told.add(
          "expiring_soon "
              + unit
              + " "
              + grant.id
              + " "
              + text(grant.unheld)
              + " "
              + grant.expiresAt.orElseThrow());
    }
  }

  private void tellOfPause(Unit unit, List<String> told) {
    if (input.event() instanceof LedgerEvent.EndTopUp ended
        && ended.outcome() == TopUpOutcome.FAILED
        && books.failures == books.settings.topUp().orElseThrow().failuresMax()) {
      told.add("top_up_paused " + unit + " " + books.failures);
    }
  }

  private void ask(Unit unit, BigDecimal available, List<String> told) {
    Optional<TopUpRule> rule = books.settings.topUp().filter(one -> one.unit().equals(unit));
    if (rule.isEmpty()
        || available.compareTo(amount(rule.get().threshold())) >= 0
        || pending().isPresent()
        || books.failures >= rule.get().failuresMax()
        || (books.cooling
            && now.isBefore(books.requests.getLast().at().plus(rule.get().coolDown())))) {
      return;
    }
    BigDecimal wanted =
        rule.get()
            .amount()
            .map(NaiveBookkeeper::amount)
            .orElseGet(() -> amount(rule.get().target().get()).subtract(available));
    wanted = wanted.min(cap(rule.get()).subtract(asked(month(now))));
    if (wanted.signum() > 0) {
      EventId id = new EventId("top-up-" + (books.requests.size() + 1));
      books.requests.add(new Request(id, now, month(now), wanted, Stage.PENDING));
      books.cooling = true;
      told.add("top_up_requested " + unit + " " + id + " " + text(wanted));
    }
  }

  private static String text(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}
