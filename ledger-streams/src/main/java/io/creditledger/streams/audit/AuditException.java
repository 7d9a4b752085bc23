package io.creditledger.streams.audit;

/** The audit cannot be made; the message says why and what to do. No verdict on the ledger. */
public final class AuditException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong, and what to do about it. */
  public AuditException(String message) {
    super(message);
  }

  /** With what is wrong, and what brought it about. */
  public AuditException(String message, Throwable cause) {
    super(message, cause);
  }
}
