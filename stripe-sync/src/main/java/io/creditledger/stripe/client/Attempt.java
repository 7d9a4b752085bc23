package io.creditledger.stripe.client;

import java.util.function.Function;

/** What came of one call of Stripe. */
public sealed interface Attempt<T> {

  /** It is done. */
  record Done<T>(T value) implements Attempt<T> {}

  /**
   * It is to be tried again, with everything as it was. Whether the work was done is unknown where
   * the answer was lost.
   *
   * @param why for the log and for whoever asks what is going on
   */
  record Again<T>(Cause cause, String why) implements Attempt<T> {}

  /**
   * It would be refused again.
   *
   * @param status of HTTP
   * @param code Stripe's; empty where it gives none
   * @param message Stripe's
   */
  record Refused<T>(int status, String code, String message) implements Attempt<T> {}

  /** Why something is to be tried again. */
  enum Cause {
    /** There are too many calls (429 with or without a reason). */
    RATE,
    /** Another call is at it (409). */
    CONFLICT,
    /** Stripe failed (5xx). With an idempotency key, Stripe may give this answer to every retry. */
    SERVER,
    /** There was no answer: refused, closed or timed out. */
    CONNECTION,
    /** The stream's token is over. */
    SESSION,
    /** The key is not accepted: nothing will work until an operator changes it. */
    KEY
  }

  /** The same with what was done turned into something else. */
  default <R> Attempt<R> map(Function<T, R> change) {
    return switch (this) {
      case Done<T> done -> new Done<>(change.apply(done.value()));
      case Again<T> again -> new Again<>(again.cause(), again.why());
      case Refused<T> refused -> new Refused<>(refused.status(), refused.code(), refused.message());
    };
  }
}
