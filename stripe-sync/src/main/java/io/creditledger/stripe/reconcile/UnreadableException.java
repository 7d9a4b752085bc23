package io.creditledger.stripe.reconcile;

/** One of the books cannot be read, so that nothing can be said of it. */
final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnreadableException(String why) {
    super(why);
  }
}
