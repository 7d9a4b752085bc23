package io.creditledger.stripe.payment;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Money of a payment that went back, or was never there.
 *
 * @param id Stripe's charge, dispute or credit note, or its invoice and what befell it
 * @param payment the payment's id, where it is known
 * @param paymentIntent by which the payment is found where its id is not known
 * @param amount in the currency's smallest unit; empty: all that was paid
 * @param reason in words, for whoever reads the ledger's journal
 */
public record Claim(
    String id,
    Optional<String> payment,
    Optional<String> paymentIntent,
    OptionalLong amount,
    Standing standing,
    String reason) {

  /** The same claim on that payment, if one is given. */
  public Claim of(Optional<String> found) {
    return new Claim(id, found, paymentIntent, amount, standing, reason);
  }

  /** Whether the money is gone now. */
  public enum Standing {
    /** It is. */
    STANDS,
    /** It has come back. */
    LIFTED;

    /** It stands if something has been claimed. */
    public static Standing of(long amount) {
      return amount > 0 ? STANDS : LIFTED;
    }
  }
}
