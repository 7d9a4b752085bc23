package io.creditledger.core.account;

import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.catalog.UsageLimit;
import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.TopUpState;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When a top-up rule may ask, for how much, and how its state moves on. */
final class TopUps {

  private TopUps() {}

  /** Whether the rule may ask now: nothing pending, not paused, and cooled down. */
  static boolean mayAsk(Account account, TopUpRule rule, Instant now) {
    TopUpState state = account.topUp();
    return state.pending().isEmpty()
        && state.failures() < rule.failuresMax()
        && state.lastAt().filter(last -> last.plus(rule.coolDown()).isAfter(now)).isEmpty();
  }

  /** How much to ask for: what is wanted, within what the month still allows. */
  static Credits amount(Account account, TopUpRule rule, Credits available, Instant now) {
    Credits asked = inMonth(account.topUp(), now, account.settings().timeZone());
    Credits room = monthlyCap(rule).minus(asked);
    return room.isNegative() ? Credits.ZERO : rule.wanted(available).min(room);
  }

  /** Without a cap there is still the largest amount, so that a month can always be added up. */
  private static Credits monthlyCap(TopUpRule rule) {
    return rule.monthlyCap().orElse(Credits.ofMicros(Long.MAX_VALUE));
  }

  /**
   * When a rule that waits for time alone has its turn: cooled down, and in a month whose cap is
   * not used up. All else that could make it ask comes as an entry, which looks by itself.
   */
  static Optional<Instant> turn(Account account, TopUpRule rule) {
    TopUpState state = account.topUp();
    if (state.pending().isPresent() || state.failures() >= rule.failuresMax()) {
      return Optional.empty();
    }
    Optional<Instant> cooled = state.lastAt().map(last -> last.plus(rule.coolDown()));
    ZoneId zone = account.settings().timeZone();
    return cooled
        .or(state::month)
        .filter(from -> isUsedUp(state, rule, from, zone))
        .map(from -> UsageCap.nextPeriod(month(state, from, zone), UsageLimit.Per.MONTH, zone))
        .or(() -> cooled)
        .filter(turn -> state.remindedAt().filter(at -> !at.isBefore(turn)).isEmpty());
  }

  private static boolean isUsedUp(TopUpState state, TopUpRule rule, Instant at, ZoneId zone) {
    return inMonth(state, at, zone).compareTo(monthlyCap(rule)) >= 0;
  }

  static TopUpState requested(
      TopUpState state, Alert.TopUpRequested request, Instant at, ZoneId zone) {
    return new TopUpState(
        Optional.of(request.topUp()),
        request.amount(),
        Optional.of(at),
        Optional.of(month(state, at, zone)),
        inMonth(state, at, zone).plus(request.amount()),
        state.failures(),
        state.requests() + 1,
        state.remindedAt());
  }

  static TopUpState ended(TopUpState state, TopUpOutcome outcome) {
    Credits left = state.inMonth().minus(state.pendingAmount().min(state.inMonth()));
    int failures =
        switch (outcome) {
          case FAILED -> state.failures() + 1;
          case CANCELLED -> state.failures();
        };
    return resolved(state, left, failures);
  }

  static TopUpState granted(TopUpState state, EventId topUp) {
    return state.pending().equals(Optional.of(topUp)) ? resolved(state, state.inMonth(), 0) : state;
  }

  private static TopUpState resolved(TopUpState state, Credits inMonth, int failures) {
    return new TopUpState(
        Optional.empty(),
        Credits.ZERO,
        state.lastAt(),
        state.month(),
        inMonth,
        failures,
        state.requests(),
        state.remindedAt());
  }

  /** The state under a rule that was just set: it may ask at once, within the month's cap. */
  static TopUpState anew(TopUpState state) {
    return new TopUpState(
        state.pending(),
        state.pendingAmount(),
        Optional.empty(),
        state.month(),
        state.inMonth(),
        0,
        state.requests(),
        state.remindedAt());
  }

  /** The state after a timer had the rule looked at. */
  static TopUpState reminded(TopUpState state, Instant at) {
    return new TopUpState(
        state.pending(),
        state.pendingAmount(),
        state.lastAt(),
        state.month(),
        state.inMonth(),
        state.failures(),
        state.requests(),
        Optional.of(at));
  }

  /** The state in another time zone: the month stays the same month of the calendar. */
  static TopUpState moved(TopUpState state, ZoneId from, ZoneId to) {
    return new TopUpState(
        state.pending(),
        state.pendingAmount(),
        state.lastAt(),
        state.month().map(month -> UsageCap.moved(month, from, to)),
        state.inMonth(),
        state.failures(),
        state.requests(),
        state.remindedAt());
  }

  private static Credits inMonth(TopUpState state, Instant now, ZoneId zone) {
    return state.month().equals(Optional.of(month(state, now, zone)))
        ? state.inMonth()
        : Credits.ZERO;
  }

  /** The month at an instant. It never goes back, though time zones and clocks may. */
  private static Instant month(TopUpState state, Instant instant, ZoneId zone) {
    Instant month = UsageCap.periodOf(instant, UsageLimit.Per.MONTH, zone);
    return state.month().filter(month::isBefore).orElse(month);
  }
}
