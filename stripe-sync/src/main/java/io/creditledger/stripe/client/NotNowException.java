package io.creditledger.stripe.client;

/** Something cannot be done at this moment and is to be tried again; the message says why. */
public final class NotNowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says why, as a clause. */
  public NotNowException(String why) {
    super(why);
  }
}
