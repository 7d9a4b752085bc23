package io.creditledger.stripe.outbox;

import io.creditledger.stripe.client.Attempt;

/** What came of sending an event, or of cancelling one. */
public sealed interface SendOutcome {

  /** Stripe has it. */
  record Delivered() implements SendOutcome {}

  /** Stripe had it before. */
  record Duplicate() implements SendOutcome {}

  /** Stripe has not taken it, and may the next time. */
  record NotTaken(Attempt.Cause cause, String why) implements SendOutcome {}

  /** Stripe may have taken it; with its identifier it can be sent again. */
  record Unclear(Attempt.Cause cause, String why) implements SendOutcome {}

  /**
   * Stripe would refuse it again.
   *
   * @param code Stripe's; empty where it gives none
   */
  record Refused(String code, String message) implements SendOutcome {}
}
