package io.creditledger.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.OneCustomer;
import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long histories that stay near what is watched. The seed is in every failure message. */
class WatchPropertyTest {

  private static final int EVENTS = 10_000;

  /** Balances move around it all the time. */
  private static final BigDecimal BOUND = new BigDecimal(100);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void alertsFireOncePerCrossingUnderTenThousandRandomEvents(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    OneCustomer customer = new OneCustomer(Catalog.EMPTY);
    customer.alerting(
        new AlertRule(Optional.of(Credits.parse("100")), Optional.empty(), Optional.empty()));
    for (int i = 0; i < EVENTS; i++) {
      customer.later(Duration.ofSeconds(random.nextInt(60)));
      nearTheBound(random, customer, i);
    }

    // The oracle knows postings and two numbers: what was available before, and the bound.
    BigDecimal available = BigDecimal.ZERO;
    boolean funded = false;
    boolean troubled = false;
    Map<String, Integer> told = new HashMap<>();
    for (LedgerEntry entry : customer.entries()) {
      BigDecimal before = available;
      available = available.add(change(entry));
      List<String> expected = new ArrayList<>();
      boolean wasAbove = before.compareTo(BOUND) > 0;
      boolean isAbove = available.compareTo(BOUND) > 0;
      if (funded && before.signum() > 0 && available.signum() <= 0) {
        expected.add("depleted");
      } else if (wasAbove && !isAbove) {
        expected.add("low");
      } else if (troubled && !wasAbove && isAbove) {
        expected.add("recovered");
      }
      funded |= available.signum() > 0;
      troubled = funded && !isAbove;
      assertThat(entry.alerts().stream().map(alert -> alert.type().wireName()).toList())
          .as("seed %d, entry %d: %s to %s", seed, entry.header().sequence(), before, available)
          .isEqualTo(expected);
      expected.forEach(one -> told.merge(one, 1, Integer::sum));
    }
    assertThat(told.keySet()).containsExactlyInAnyOrder("low", "depleted", "recovered");
    assertThat(told.values()).as("seed %d: %s", seed, told).allMatch(times -> times > 50);
  }

  private static void nearTheBound(SplittableRandom random, OneCustomer customer, int i) {
    String some = Integer.toString(1 + random.nextInt(40));
    switch (random.nextInt(6)) {
      case 0 -> {
        if (customer.available().compareTo(Credits.parse("160")) < 0) {
          customer.grant("g" + i, Integer.toString(1 + random.nextInt(120)));
        }
      }
      case 1 -> customer.reserve("r" + i, some);
      case 2 -> customer.release("r" + (i - 1 - random.nextInt(20)));
      case 3 -> customer.reverse(new EventId("u" + random.nextInt(1 + i)));
      default -> customer.use(some);
    }
  }

  /** What an entry adds to what is available: its new grants and the moves of its postings. */
  private static BigDecimal change(LedgerEntry entry) {
    BigDecimal sum = BigDecimal.ZERO;
    if (entry.change() instanceof Change.Granted granted) {
      sum = amount(granted.made().grant().terms().amount());
    }
    for (Posting posting : entry.change().postings()) {
      BigDecimal amount = amount(posting.amount());
      sum =
          switch (posting.move()) {
            case CONSUME, HOLD, EXPIRE, VOID, ADJUST_DOWN -> sum.subtract(amount);
            case UNHOLD, RETURN, ADJUST_UP -> sum.add(amount);
            case SETTLE, UNHOLD_EXPIRED, UNHOLD_VOIDED, RETURN_EXPIRED, RETURN_VOIDED -> sum;
          };
    }
    return sum;
  }

  private static BigDecimal amount(Credits credits) {
    return BigDecimal.valueOf(credits.micros(), 6);
  }

  /** What a history of top-ups must never show, kept without looking at the account. */
  private static final class TopUpRules {

    private static final Duration COOL_DOWN = Duration.ofHours(5);
    private static final BigDecimal CAP = new BigDecimal(700);
    private static final int FAILURES_MAX = 3;

    private final ZoneId zone;
    private final Map<YearMonth, BigDecimal> months = new HashMap<>();
    private Optional<Alert.TopUpRequested> pending = Optional.empty();
    private YearMonth pendingMonth = YearMonth.of(1970, 1);
    private Instant coolUntil = Instant.MIN;
    private int failures;
    private int requests;
    private int pauses;

    TopUpRules(ZoneId zone) {
      this.zone = zone;
    }

    TopUpRule rule() {
      return new TopUpRule(
          Unit.CREDITS,
          Credits.parse("100"),
          Optional.of(Credits.parse("60")),
          Optional.empty(),
          Optional.of(Credits.parse("700")),
          COOL_DOWN,
          FAILURES_MAX);
    }

    void set() {
      failures = 0;
      coolUntil = Instant.MIN;
    }

    void granted() {
      pending = Optional.empty();
      failures = 0;
    }

    void ended(TopUpOutcome outcome) {
      BigDecimal back = amount(pending.orElseThrow().amount());
      months.merge(pendingMonth, back.negate(), BigDecimal::add);
      pending = Optional.empty();
      failures += outcome == TopUpOutcome.FAILED ? 1 : 0;
    }

    void told(Alert alert, Instant at, String where) {
      if (alert instanceof Alert.TopUpPaused paused) {
        assertThat(failures).as(where).isEqualTo(FAILURES_MAX).isEqualTo(paused.failures());
        pauses++;
      } else if (alert instanceof Alert.TopUpRequested request) {
        assertThat(pending).as(where).isEmpty();
        assertThat(at).as(where).isAfterOrEqualTo(coolUntil);
        assertThat(failures).as(where).isLessThan(FAILURES_MAX);
        assertThat(request.topUp()).as(where).isEqualTo(new EventId("top-up-" + ++requests));
        pending = Optional.of(request);
        pendingMonth = YearMonth.from(at.atZone(zone));
        coolUntil = at.plus(COOL_DOWN);
        BigDecimal asked = months.merge(pendingMonth, amount(request.amount()), BigDecimal::add);
        assertThat(asked).as(where).isLessThanOrEqualTo(CAP);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata"})
  void topUpsAreAskedForOneAtATimeNotTooSoonAndNotTooMany(String zone) {
    SplittableRandom random = new SplittableRandom(zone.hashCode());
    OneCustomer customer = new OneCustomer(Catalog.EMPTY);
    TopUpRules rules = new TopUpRules(ZoneId.of(zone));
    customer.movingTo(zone);
    customer.toppingUp(rules.rule());
    int seen = 0;
    for (int i = 0; i < EVENTS; i++) {
      customer.later(Duration.ofMinutes(random.nextInt(120))).timers();
      seen = check(customer, rules, seen, zone + ", event " + i + ", timers");
      act(random, customer, rules);
      seen = check(customer, rules, seen, zone + ", event " + i);
      assertThat(customer.account().topUp().pending())
          .isEqualTo(rules.pending.map(Alert.TopUpRequested::topUp));
    }
    assertThat(rules.requests).isGreaterThan(100);
    assertThat(rules.pauses).isPositive();
    assertThat(rules.months.values()).anyMatch(sum -> sum.compareTo(TopUpRules.CAP) == 0);
  }

  private static int check(OneCustomer customer, TopUpRules rules, int seen, String where) {
    List<LedgerEntry> entries = customer.entries();
    for (LedgerEntry entry : entries.subList(seen, entries.size())) {
      entry.alerts().forEach(alert -> rules.told(alert, entry.header().recordedAt(), where));
    }
    return entries.size();
  }

  private static void act(SplittableRandom random, OneCustomer customer, TopUpRules rules) {
    String pending = rules.pending.map(request -> request.topUp().value()).orElse("none");
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        if (rules.pending.isPresent()) {
          customer.answer(pending, rules.pending.get().amount().toString());
          rules.granted();
        }
      }
      case 2 -> {
        if (rules.pending.isPresent()) {
          boolean failed = random.nextInt(4) > 0;
          TopUpOutcome outcome = failed ? TopUpOutcome.FAILED : TopUpOutcome.CANCELLED;
          rules.ended(outcome);
          customer.topUp(pending, outcome);
        }
      }
      case 3 -> {
        if (random.nextInt(15) == 0) {
          rules.set();
          customer.toppingUp(rules.rule());
        }
      }
      default -> customer.use(Integer.toString(1 + random.nextInt(10)));
    }
  }
}
