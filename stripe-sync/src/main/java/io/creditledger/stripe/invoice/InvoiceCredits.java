package io.creditledger.stripe.invoice;

import io.creditledger.stripe.rules.InvoiceCreditsRule.Mode;

/**
 * What credits pay of usage on an invoice; amounts in the currency's smallest unit.
 *
 * @param applied what Stripe is to take off
 * @param total what is left to be billed of that usage
 */
public record InvoiceCredits(long applied, long total) {

  /**
   * The credits for usage of that amount.
   *
   * @param available what the customer has, which is negative where more is owed than had
   * @param used not negative
   */
  public static InvoiceCredits of(Mode mode, long available, long used) {
    if (used < 0) {
      throw new IllegalArgumentException("used is negative: " + used);
    }
    long applied =
        switch (mode) {
          case NONE -> 0;
          case BILL_CUSTOMER -> Math.min(used, Math.max(0, available));
          case ZERO_OUT -> used;
        };
    return new InvoiceCredits(applied, used - applied);
  }
}
