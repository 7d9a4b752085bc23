package io.creditledger.streams.projection;

/** The database of the statement cannot be reached now. */
public final class StatementUnavailableException extends RuntimeException {

  /** It has not been reached yet. */
  public StatementUnavailableException(String message) {
    super(message);
  }

  StatementUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
