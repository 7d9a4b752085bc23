package io.creditledger.stripe.mirror;

import io.creditledger.core.money.Credits;
import io.creditledger.stripe.money.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * What of a grant stands in Stripe.
 *
 * @param granted what the ledger had granted, net of voids, when it was mirrored
 * @param expiresAt as Stripe was last told
 * @param ended how it was ended from here, if it was
 * @param lost the part of its worth that Stripe cannot count, in words; empty where there is none
 */
public record Mirrored(
    String stripeId,
    String stripeCustomer,
    Money value,
    Credits granted,
    Optional<Instant> expiresAt,
    Optional<String> ended,
    String lost) {

  /** The same with another end. */
  Mirrored until(Optional<Instant> other) {
    return new Mirrored(stripeId, stripeCustomer, value, granted, other, ended, lost);
  }

  /** The same, ended. */
  Mirrored endedAs(String how) {
    return new Mirrored(
        stripeId, stripeCustomer, value, granted, expiresAt, Optional.of(how), lost);
  }
}
