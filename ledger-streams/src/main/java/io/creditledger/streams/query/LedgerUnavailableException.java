package io.creditledger.streams.query;

/**
 * The account cannot be read now; a retry in a moment will find it, here or on another instance.
 */
public final class LedgerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is going on, as a sentence. */
  public LedgerUnavailableException(String message) {
    super(message);
  }
}
