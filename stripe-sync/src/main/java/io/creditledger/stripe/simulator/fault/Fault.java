package io.creditledger.stripe.simulator.fault;

import java.time.Duration;

/**
 * One thing that goes wrong with one request. Those that say so do the work first.
 *
 * @param kind what happens
 * @param reason the value of {@code Stripe-Rate-Limited-Reason}, empty where there is none
 * @param delay how long the answer waits; the work is done at the end of it
 */
public record Fault(Kind kind, String reason, Duration delay) {

  /** What can go wrong. */
  public enum Kind {
    /** 429 with {@code Stripe-Rate-Limited-Reason}; nothing was done. */
    RATE_LIMITED,
    /** 429, code {@code lock_timeout}, without a reason; nothing was done. */
    LOCK_TIMEOUT,
    /** The same, and kept under the idempotency key, so that the key answers it for ever after. */
    LOCK_TIMEOUT_KEPT,
    /** 409; nothing was done. */
    CONFLICT,
    /** 500; nothing was done. */
    SERVER_ERROR,
    /** 500 and nothing done, kept under the idempotency key as Stripe's documentation says. */
    SERVER_ERROR_KEPT,
    /** The work is done, and the answer is 500. */
    SERVER_ERROR_AFTER_WORK,
    /** The work is done, and the connection closes without an answer. */
    LOST_ANSWER,
    /** The connection closes; nothing was done. */
    LOST_REQUEST,
    /** The answer is right, and late. */
    LATENCY,
    /** The meter event stream refuses the session's token as expired. */
    SESSION_EXPIRED
  }

  public static Fault rateLimited(String reason) {
    return new Fault(Kind.RATE_LIMITED, reason, Duration.ZERO);
  }

  public static Fault latency(Duration delay) {
    return new Fault(Kind.LATENCY, "", delay);
  }

  /** A fault that needs neither reason nor delay. */
  public static Fault of(Kind kind) {
    return new Fault(kind, kind == Kind.RATE_LIMITED ? "global-rate" : "", Duration.ZERO);
  }

  public Fault after(Duration longer) {
    return new Fault(kind, reason, longer);
  }
}
