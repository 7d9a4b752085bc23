package io.creditledger.relay;

/** PostgreSQL could not be reached, or its schema could not be brought up to date. */
public final class DatabaseException extends RuntimeException {

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
