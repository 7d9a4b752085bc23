package io.creditledger.stripe.rules;

/**
 * What becomes of a plan's grants when its subscription changes, and of credits whose payment is
 * taken back.
 */
public record SubscriptionRule(AtEnd atEnd, OnChange onChange, OnPause onPause, OnRefund onRefund) {

  /** What has been paid for stays till its period's end; what is paid back is taken back. */
  public static final SubscriptionRule DEFAULT =
      new SubscriptionRule(AtEnd.KEEP, OnChange.REPLACE, OnPause.KEEP, OnRefund.VOID);

  /** When a subscription is over. */
  public enum AtEnd {
    /** Its grants live till the end they have. */
    KEEP,
    /** What is left of them is void. */
    VOID
  }

  /** When a subscription moves to another plan. */
  public enum OnChange {
    /** What is left of the old plan's grants is void once the new plan's are granted. */
    REPLACE,
    /** The old plan's grants stay beside the new ones. */
    KEEP
  }

  /** When collecting payment for a subscription is paused. */
  public enum OnPause {
    /** Its grants live on. */
    KEEP,
    /** What is left of them is void. */
    VOID
  }

  /** When a payment is refunded, disputed or fails after credits were granted for it. */
  public enum OnRefund {
    /** The same part of the grant is void, as far as it is left. */
    VOID,
    /** It is only reported. */
    REPORT
  }
}
