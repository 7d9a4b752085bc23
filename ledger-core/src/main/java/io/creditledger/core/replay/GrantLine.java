package io.creditledger.core.replay;

import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Move;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.Optional;

/** One grant while {@link AsOf} counts. Unlike a grant of an account it may hold less than zero. */
final class GrantLine {

  private final boolean madeByThen;
  private GrantTerms terms;
  private GrantState state;
  private Credits granted;
  private Credits unheld;
  private Credits held = Credits.ZERO;

  GrantLine(NewGrant made, boolean madeByThen) {
    this.madeByThen = madeByThen;
    this.terms = made.grant().terms();
    this.state = made.grant().state();
    this.granted = terms.amount();
    this.unheld = terms.amount();
  }

  GrantTerms terms() {
    return terms;
  }

  void move(Move move, Credits amount) {
    switch (move) {
      case CONSUME, EXPIRE, VOID -> unheld = unheld.minus(amount);
      case HOLD -> {
        unheld = unheld.minus(amount);
        held = held.plus(amount);
      }
      case UNHOLD -> {
        unheld = unheld.plus(amount);
        held = held.minus(amount);
      }
      case SETTLE, UNHOLD_EXPIRED, UNHOLD_VOIDED -> held = held.minus(amount);
      case RETURN -> unheld = unheld.plus(amount);
      case RETURN_EXPIRED, RETURN_VOIDED -> {}
      case ADJUST_UP -> {
        unheld = unheld.plus(amount);
        granted = granted.plus(amount);
      }
      case ADJUST_DOWN -> {
        unheld = unheld.minus(amount);
        granted = granted.minus(amount);
      }
    }
  }

  void become(GrantState other) {
    state = other;
  }

  /** A grant that waits is over; the series of one that does not ends, and it goes on itself. */
  void cancel() {
    if (state == GrantState.PENDING) {
      state = GrantState.VOIDED;
    }
  }

  void end(Optional<Instant> expiresAt) {
    terms = terms.expiring(expiresAt);
  }

  /** Whether it is known of by then: made, or in effect though it was made later. */
  boolean existsAt(Instant at) {
    return madeByThen || !terms.effectiveAt().isAfter(at);
  }

  private boolean countsAt(Instant at) {
    return (state == GrantState.OPEN || state == GrantState.SCHEDULED) && terms.livesAt(at);
  }

  UnitAt addedTo(UnitAt sum, Instant at) {
    return new UnitAt(
        sum.unit(),
        sum.settled().plus(countsAt(at) ? unheld.plus(held) : held),
        sum.held().plus(held),
        sum.overage(),
        sum.overdraft());
  }

  GrantAt at(Instant at) {
    if (state == GrantState.PENDING || state.ended()) {
      return new GrantAt(terms, state, granted, unheld.plus(held), held);
    }
    if (at.isBefore(terms.effectiveAt())) {
      return new GrantAt(terms, GrantState.SCHEDULED, granted, unheld.plus(held), held);
    }
    return countsAt(at)
        ? new GrantAt(terms, GrantState.OPEN, granted, unheld.plus(held), held)
        : new GrantAt(terms, GrantState.EXPIRED, granted, held, held);
  }
}
