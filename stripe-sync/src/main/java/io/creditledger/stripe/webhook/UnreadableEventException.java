package io.creditledger.stripe.webhook;

/** What came is no event; the message says why, as a clause. */
public final class UnreadableEventException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableEventException(String message) {
    super(message);
  }
}
