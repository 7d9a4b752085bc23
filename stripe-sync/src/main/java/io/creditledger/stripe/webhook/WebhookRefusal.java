package io.creditledger.stripe.webhook;

import java.util.Locale;

/** Why something that was posted is not taken in. */
public enum WebhookRefusal {
  /** It is larger than any event. */
  TOO_LARGE(413, "the body is larger than 1 MiB"),
  /** It carries no signature. */
  NO_SIGNATURE(400, "there is no Stripe-Signature header"),
  /** None of the secrets signed it: it is forged, altered, or another account's. */
  BAD_SIGNATURE(400, "no configured signing secret matches the signature"),
  /** It was signed too long ago, and may be a replay. */
  TOO_OLD(400, "the signature is more than 300 seconds old"),
  /** No secret is set, so nothing can be believed. */
  NO_SECRET(503, "no signing secret is configured: set STRIPE_WEBHOOK_SECRETS");

  private final int status;
  private final String message;

  WebhookRefusal(int status, String message) {
    this.status = status;
    this.message = message;
  }

  /** The status of HTTP it is answered with. */
  public int status() {
    return status;
  }

  /** What is wrong, for whoever configures webhooks. */
  public String message() {
    return message;
  }

  /** A short name, for metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
