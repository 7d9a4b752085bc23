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

  /** When a rule that waits for time alone has its turn. */
  static Optional<Instant> turn(Account account, TopUpRule rule) {
    TopUpState state = account.topUp();
    if (state.pending().isPresent()
        || state.failures() >= rule.failuresMax()
        || state.lastAt().isEmpty()) {
      return Optional.empty();
    }
    Instant last = state.lastAt().get();
    Instant cooled = last.plus(rule.coolDown());
    boolean capped =
        rule.monthlyCap().filter(cap -> inMonth(account, cooled).compareTo(cap) >= 0).isPresent();
    ZoneId zone = account.settings().timeZone();
    Instant turn =
        capped
            ? month(cooled, zone).atZone(zone).plusMonths(1).toInstant()
            : cooled;
    return Optional.of(turn);
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
        sofar.plus(request.amount()),
        state.failures(),
        state.requests() + 1);
  }

  static TopUpState ended(TopUpState state, TopUpOutcome outcome) {
    Credits left = state.inMonth().minus(state.pendingAmount().min(state.inMonth()));
    return new TopUpState(
        Optional.empty(),
        Credits.ZERO,
        state.lastAt(),
        state.month(),
        left,
        switch (outcome) {
          case FAILED -> state.failures() + 1;
          case CANCELLED -> state.failures();
        },
        state.requests());
  }

  static TopUpState granted(TopUpState state, EventId topUp) {
    if (!state.pending().equals(Optional.of(topUp))) {
      return state;
    }
    return new TopUpState(
        Optional.empty(),
        Credits.ZERO,
        state.lastAt(),
        state.month(),
        state.inMonth(),
        0,
        state.requests());
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
        state.requests());
  }

  private static Credits inMonth(Account account, Instant now) {
    TopUpState state = account.topUp();
    return state.month().equals(Optional.of(month(now, account.settings().timeZone())))
        ? state.inMonth()
        : Credits.ZERO;
  }

  private static Instant month(Instant instant, ZoneId zone) {
    return UsageCap.periodOf(instant, UsageLimit.Per.MONTH, zone);
  }
}
