package io.creditledger.stripe.outbox;

import java.util.Arrays;
import java.util.Locale;

/** How far a meter event has come. */
public enum EventState {
  /** It is to be sent, or sent again. */
  PENDING,
  /** Stripe has it. */
  DELIVERED,
  /** Stripe does not count it and would refuse it again; an operator decides. */
  PARKED,
  /**
   * Whether Stripe has it is not known, and Stripe may have forgotten its identifier, so that it
   * cannot be sent again safely; an operator decides.
   */
  UNKNOWN,
  /** Stripe has it and is to cancel it. */
  CANCELLING,
  /** Stripe does not count it any more. */
  CANCELLED,
  /** It was never sent, and another event stands in its place. */
  WITHDRAWN;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** As it stands in its row. */
  public String text() {
    return text;
  }

  /**
   * Reads a row's text.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static EventState of(String text) {
    return Arrays.stream(values())
        .filter(state -> state.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no state of an event: " + text));
  }
}
