package io.creditledger.streams.webhook;

/** The database of the webhooks cannot be reached now. */
public final class WebhooksUnavailableException extends RuntimeException {

  /** It has not been reached yet. */
  public WebhooksUnavailableException(String message) {
    super(message);
  }

  WebhooksUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
