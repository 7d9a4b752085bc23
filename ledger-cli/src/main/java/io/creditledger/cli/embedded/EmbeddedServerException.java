package io.creditledger.cli.embedded;

/** An embedded server that could not be started or stopped; the message says which, and where. */
public final class EmbeddedServerException extends RuntimeException {

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
