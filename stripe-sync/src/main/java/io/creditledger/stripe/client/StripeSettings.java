package io.creditledger.stripe.client;

import java.net.URI;
import java.time.Duration;

/**
 * How Stripe is reached.
 *
 * @param apiKey secret; from the environment, and shown nowhere
 * @param apiBase of everything but meter event streams
 * @param meterEventsBase of meter event streams
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for an answer; whether the work was done is then unknown
 * @param callsPerSecond at most, on average; Stripe allows 100 live and 25 in a sandbox
 */
public record StripeSettings(
    String apiKey,
    URI apiBase,
    URI meterEventsBase,
    Duration connectTimeout,
    Duration readTimeout,
    int callsPerSecond) {

  /** Stripe's host for everything but meter event streams. */
  public static final URI STRIPE = URI.create("https://api.stripe.com");

  /** Stripe's host for meter event streams. */
  public static final URI STRIPE_METER_EVENTS = URI.create("https://meter-events.stripe.com");

  /** Stripe's limit for a sandbox, and so what is safe everywhere. */
  public static final int CALLS_PER_SECOND_DEFAULT = 25;

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if the key is blank or the rate is below 1
   */
  public StripeSettings {
    if (apiKey.isBlank()) {
      throw new IllegalArgumentException("the Stripe key is missing");
    }
    if (callsPerSecond < 1) {
      throw new IllegalArgumentException("calls per second is below 1: " + callsPerSecond);
    }
  }

  /** Stripe itself, or a simulator, both hosts at one address. */
  public static StripeSettings at(String apiKey, URI base) {
    return new StripeSettings(
        apiKey,
        base,
        base,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        CALLS_PER_SECOND_DEFAULT);
  }

  /** Stripe itself. */
  public static StripeSettings live(String apiKey) {
    return new StripeSettings(
        apiKey,
        STRIPE,
        STRIPE_METER_EVENTS,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        CALLS_PER_SECOND_DEFAULT);
  }

  /** The same at another rate. */
  public StripeSettings withCallsPerSecond(int other) {
    return new StripeSettings(apiKey, apiBase, meterEventsBase, connectTimeout, readTimeout, other);
  }

  /** The same with other time-outs. */
  public StripeSettings withTimeouts(Duration connect, Duration read) {
    return new StripeSettings(apiKey, apiBase, meterEventsBase, connect, read, callsPerSecond);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "StripeSettings[apiBase=" + apiBase + ", callsPerSecond=" + callsPerSecond + "]";
  }
}
