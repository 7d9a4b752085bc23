package io.creditledger.streams.replay;

/** A replay cannot be made; the message says why and what to do. */
public final class ReplayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong, and what to do about it. */
  public ReplayException(String message) {
    super(message);
  }

  /** With what is wrong, and what brought it about. */
  public ReplayException(String message, Throwable cause) {
    super(message, cause);
  }
}
