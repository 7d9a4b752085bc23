package io.creditledger.stripe.mirror;

import io.creditledger.stripe.money.Money;
import java.time.Instant;
import java.util.Optional;

/** What Stripe is to be told next of a grant. */
sealed interface MirrorStep {

  /**
   * It is to be made.
   *
   * @param expiresAt in Stripe, which is later than in the ledger
   * @param lost the part of its worth that Stripe cannot count, in words; empty where there is none
   */
  record Create(Money value, Optional<Instant> expiresAt, String lost) implements MirrorStep {}

  /** Its end is to be moved; absent: it never ends. */
  record MoveEnd(Optional<Instant> expiresAt) implements MirrorStep {}

  /** It is to be void, or, where an invoice has used some of it, to end now. */
  record VoidIt() implements MirrorStep {}

  /** It is to end now. */
  record ExpireIt() implements MirrorStep {}

  /** Nothing is, for that reason. */
  record Nothing(String why) implements MirrorStep {}

  /** Stripe has no way to follow. */
  record CannotFollow(String why) implements MirrorStep {}
}
