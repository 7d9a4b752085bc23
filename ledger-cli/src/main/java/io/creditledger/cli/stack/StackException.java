package io.creditledger.cli.stack;

/** A ledger that could not be started, or stopped working; the message says what to do. */
public final class StackException extends RuntimeException {

  /** With what is wrong, as a sentence. */
  public StackException(String message) {
    super(message);
  }

  /** With what is wrong, as a sentence, and where it comes from. */
  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
