package io.creditledger.stripe.invoice;

import io.creditledger.core.id.CustomerId;
import java.time.Instant;
import java.util.Optional;

/**
 * An invoice that credits may pay on.
 *
 * @param deadline from when on usage still on its way is no longer waited for
 */
record InvoiceDraft(
    String invoice,
    CustomerId customer,
    String stripeCustomer,
    Instant periodEnd,
    Optional<Instant> deadline,
    State state,
    Finality finality) {

  /** How far its credits have come. */
  enum State {
    /** Its usage is still growing. */
    WAITING,
    /** It is known what each meter's usage comes to. */
    PLANNED,
    /** Each meter's credits have come to an end, one way or the other. */
    APPLIED,
    /** What was invoiced in the end was held against it. */
    CHECKED
  }

  /** What Stripe has told of it since. */
  enum Finality {
    /** It is a draft, as far as is known. */
    DRAFT,
    /** It was finalised. */
    FINALIZED,
    /** It was voided. */
    VOIDED
  }
}
