package io.creditledger.core.grant;

import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import java.time.Instant;

/**
 * One grant and where its credits are now. Immutable; each {@link Posting} yields the next one.
 *
 * <p>Conservation (rule 17) holds in every instance, checked when it is made: amount + adjusted =
 * unheld + held + consumed + expired + voided, and none of the five is negative.
 *
 * @param adjusted the signed sum of all adjustments
 * @param unheld left and not reserved
 * @param held reserved and not yet settled or released
 */
public record Grant(
    GrantTerms terms,
    GrantState state,
    Credits adjusted,
    Credits unheld,
    Credits held,
    Credits consumed,
    Credits expired,
    Credits voided) {

  public Grant {
    long parts =
        Math.addExact(
            Math.addExact(unheld.micros(), held.micros()),
            Math.addExact(consumed.micros(), Math.addExact(expired.micros(), voided.micros())));
    if (parts != Math.addExact(terms.amount().micros(), adjusted.micros())) {
      throw new IllegalStateException(
          "grant " + terms.id() + " is not conserved: its parts sum to " + Credits.ofMicros(parts));
    }
    if ((unheld.micros() | held.micros() | consumed.micros() | expired.micros() | voided.micros())
        < 0) {
      throw new IllegalStateException("grant " + terms.id() + " has a negative part");
    }
    if (state.ended() && !unheld.isZero()) {
      throw new IllegalStateException(
          "grant " + terms.id() + " has ended with " + unheld + " left");
    }
  }

  /** A grant just made, all of it left. */
  public static Grant made(GrantTerms terms, GrantState state) {
    return new Grant(
        terms,
        state,
        Credits.ZERO,
        terms.amount(),
        Credits.ZERO,
        Credits.ZERO,
        Credits.ZERO,
        Credits.ZERO);
  }

  /** The grant's id. */
  public GrantId id() {
    return terms.id();
  }

  /** Everything ever granted: the first amount and the adjustments. */
  public Credits granted() {
    return terms.amount().plus(adjusted);
  }

  /** Not gone: unheld and held together. */
  public Credits remaining() {
    return unheld.plus(held);
  }

  /** Whether usage at that instant may burn this grant: confirmed, not ended, and living then. */
  public boolean burnsAt(Instant at) {
    return (state == GrantState.OPEN || state == GrantState.SCHEDULED) && terms.livesAt(at);
  }

  /**
   * Whether nothing can happen to this grant by itself any more, so that an account need not carry
   * it: nothing left or held, and either ended or without an end to wait for.
   */
  public boolean atRest() {
    return unheld.isZero() && held.isZero() && (state.ended() || terms.expiresAt().isEmpty());
  }

  /** The same credits in another state. */
  public Grant in(GrantState newState) {
    return new Grant(terms, newState, adjusted, unheld, held, consumed, expired, voided);
  }

  /** The same credits under other terms. */
  public Grant under(GrantTerms newTerms) {
    return new Grant(newTerms, state, adjusted, unheld, held, consumed, expired, voided);
  }

  /**
   * This grant after credits moved.
   *
   * @throws IllegalStateException when the grant does not hold what is to be moved: a bug in who
   *     decided, never a caller's error
   */
  public Grant after(Move move, Credits amount) {
    Credits none = Credits.ZERO;
    return switch (move) {
      case CONSUME -> moved(amount.negated(), none, amount, none, none);
      case HOLD -> moved(amount.negated(), amount, none, none, none);
      case SETTLE -> moved(none, amount.negated(), amount, none, none);
      case UNHOLD -> moved(amount, amount.negated(), none, none, none);
      case UNHOLD_EXPIRED -> moved(none, amount.negated(), none, amount, none);
      case UNHOLD_VOIDED -> moved(none, amount.negated(), none, none, amount);
      case EXPIRE -> moved(amount.negated(), none, none, amount, none);
      case VOID -> moved(amount.negated(), none, none, none, amount);
      case RETURN -> moved(amount, none, amount.negated(), none, none);
      case RETURN_EXPIRED -> moved(none, none, amount.negated(), amount, none);
      case RETURN_VOIDED -> moved(none, none, amount.negated(), none, amount);
      case ADJUST_UP -> adjusted(amount);
      case ADJUST_DOWN -> adjusted(amount.negated());
    };
  }

  private Grant moved(
      Credits toUnheld, Credits toHeld, Credits toConsumed, Credits toExpired, Credits toVoided) {
    return new Grant(
        terms,
        state,
        adjusted,
        unheld.plus(toUnheld),
        held.plus(toHeld),
        consumed.plus(toConsumed),
        expired.plus(toExpired),
        voided.plus(toVoided));
  }

  private Grant adjusted(Credits by) {
    return new Grant(
        terms, state, adjusted.plus(by), unheld.plus(by), held, consumed, expired, voided);
  }
}
