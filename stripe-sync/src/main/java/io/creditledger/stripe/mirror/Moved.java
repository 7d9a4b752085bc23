package io.creditledger.stripe.mirror;

import io.creditledger.core.grant.Move;
import io.creditledger.core.money.Credits;

/** By how much each part of a grant changed, over any number of moves; in millionths. */
record Moved(long adjusted, long unheld, long held, long consumed, long expired, long voided) {

  static final Moved NOTHING = new Moved(0, 0, 0, 0, 0, 0);

  /** The same after one more move. */
  Moved plus(Move move, Credits amount) {
    long by = amount.micros();
    return switch (move) {
      case CONSUME -> plus(0, -by, 0, by, 0, 0);
      case HOLD -> plus(0, -by, by, 0, 0, 0);
      case SETTLE -> plus(0, 0, -by, by, 0, 0);
      case UNHOLD -> plus(0, by, -by, 0, 0, 0);
      case UNHOLD_EXPIRED -> plus(0, 0, -by, 0, by, 0);
      case UNHOLD_VOIDED -> plus(0, 0, -by, 0, 0, by);
      case EXPIRE -> plus(0, -by, 0, 0, by, 0);
      case VOID -> plus(0, -by, 0, 0, 0, by);
      case RETURN -> plus(0, by, 0, -by, 0, 0);
      case RETURN_EXPIRED -> plus(0, 0, 0, -by, by, 0);
      case RETURN_VOIDED -> plus(0, 0, 0, -by, 0, by);
      case ADJUST_UP -> plus(by, by, 0, 0, 0, 0);
      case ADJUST_DOWN -> plus(-by, -by, 0, 0, 0, 0);
    };
  }

  private Moved plus(
      long adjustedBy, long unheldBy, long heldBy, long consumedBy, long expiredBy, long voidedBy) {
    return new Moved(
        adjusted + adjustedBy,
        unheld + unheldBy,
        held + heldBy,
        consumed + consumedBy,
        expired + expiredBy,
        voided + voidedBy);
  }
}
