package io.creditledger.stripe.effect;

import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.CustomerId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Something to be brought about outside, at the moment of a try.
 *
 * @param kind which {@link EffectKind} knows how
 * @param key which one of the customer's
 * @param asked how often it was asked for
 * @param attempts tries begun since the last one that got somewhere, this one included
 * @param generation how often the idempotency key had to be changed
 * @param since when it was first asked for
 */
public record Effect(
    String kind,
    CustomerId customer,
    String key,
    long asked,
    int attempts,
    int generation,
    Instant since) {

  /** Whether an earlier try may have done what this one is about to do. */
  public boolean mayBeDone() {
    return attempts > 1;
  }

  /**
   * The idempotency key of one of its calls: the same in each try until Stripe has answered with a
   * failure, since it would give that answer again.
   */
  public String idempotencyKey(String step) {
    String whole = String.join("\n", kind, customer.value(), key, step, "" + generation);
    return "credit-ledger-" + step + "-" + Hash.of(whole.getBytes(StandardCharsets.UTF_8));
  }
}
