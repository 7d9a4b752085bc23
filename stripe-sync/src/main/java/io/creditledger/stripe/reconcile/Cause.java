package io.creditledger.stripe.reconcile;

import java.util.Locale;

/** Why two books differ. */
enum Cause {
  /** It is counted and is to be sent, or sent again. */
  WAITING(true),
  /** It came after its window was sent and waits for the next revision. */
  LATE(true),
  /** It waits for its customer to be known in Stripe. */
  UNMAPPED_CUSTOMER(true),
  /** Stripe refused it, for the reason that is told. */
  PARKED(true),
  /** Stripe is to take it back and has not, as far as is known. */
  CANCELLING(true),
  /** Stripe has it since so short a time that it may not be in its sums yet. */
  NOT_COUNTED_YET(true),
  /** What the ledger says of a grant cannot be said in Stripe. */
  CANNOT_FOLLOW(true),
  /**
   * It was sent without an answer so long ago that it cannot be sent again safely, and Stripe's sum
   * does not have it. A repair sends it again.
   */
  OUTCOME_UNKNOWN(false),
  /** Stripe has no meter of that name. */
  NO_METER(false),
  /** None is known. */
  UNEXPLAINED(false);

  private final boolean explained;
  private final String text = name().toLowerCase(Locale.ROOT);

  Cause(boolean explained) {
    this.explained = explained;
  }

  /** Whether it will go by itself, or is shown elsewhere to be decided. */
  boolean isExplained() {
    return explained;
  }

  String text() {
    return text;
  }
}
