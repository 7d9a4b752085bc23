package io.creditledger.stripe.outbox;

/** Whether an invoice waits for something. */
public enum Urgency {
  /** No. */
  USUAL,
  /** It is to be sent before others. */
  URGENT;

  /** Of a row's flag. */
  public static Urgency of(boolean urgent) {
    return urgent ? URGENT : USUAL;
  }

  boolean flag() {
    return this == URGENT;
  }
}
