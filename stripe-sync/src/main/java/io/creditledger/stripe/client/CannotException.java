package io.creditledger.stripe.client;

/** Something cannot be done until somebody changes something; the message says what is wrong. */
public final class CannotException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong, as a clause. */
  public CannotException(String why) {
    super(why);
  }
}
