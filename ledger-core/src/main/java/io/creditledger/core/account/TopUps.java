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
    Credits wanted = rule.wanted(available);
    if (rule.monthlyCap().isEmpty()) {
      return wanted;
    }
    Credits room = rule.monthlyCap().get().minus(inMonth(account, now));
    return room.isNegative() ? Credits.ZERO : wanted.min(room);
  }

  /**
   * When a rule that waits for time alone has its turn: cooled down, and in a month whose cap is not
   * used up. All else that could make it ask comes as an entry, which looks by itself.
   */
  static Optional<Instant> turn(Account account, TopUpRule rule) {
    TopUpState state = account.topUp();
    if (state.pending().isPresent() || state.failures() >= rule.failuresMax()) {
      return Optional.empty();
    }
    Optional<Instant> cooled = state.lastAt().map(last -> last.plus(rule.coolDown()));
    return cooled
        .or(state::month)
        .filter(from -> rule.monthlyCap().isPresent())
        .filter(from -> inMonth(account, from).compareTo(rule.monthlyCap().get()) >= 0)
        .map(from -> nextMonth(from, account.settings().timeZone()))
        .or(() -> cooled)
        .filter(turn -> state.remindedAt().filter(at -> !at.isBefore(turn)).isEmpty());
  }

  static TopUpState requested(
      TopUpState state, Alert.TopUpRequested request, Instant at, ZoneId zone) {
    Instant month = month(at, zone);
    Credits sofar = state.month().equals(Optional.of(month)) ? state.inMonth() : Credits.ZERO;
    return new TopUpState(
        Optional.of(request.topUp()),
        request.amount(),
        Optional.of(at),
        Optional.of(month),
        sofar.plusAtMost(request.amount()),
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

  private static Credits inMonth(Account account, Instant now) {
    TopUpState state = account.topUp();
    return state.month().equals(Optional.of(month(now, account.settings().timeZone())))
        ? state.inMonth()
        : Credits.ZERO;
  }

  private static Instant nextMonth(Instant instant, ZoneId zone) {
    return UsageCap.nextPeriod(month(instant, zone), UsageLimit.Per.MONTH, zone);
  }

  private static Instant month(Instant instant, ZoneId zone) {
    return UsageCap.periodOf(instant, UsageLimit.Per.MONTH, zone);
  }
}
