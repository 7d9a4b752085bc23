package io.creditledger.stripe.webhook;

/** What became of an event. */
public sealed interface Handled {

  /** It had its effect; the note says which. */
  record Done(String note) implements Handled {}

  /** It has none here, and why. */
  record Ignored(String why) implements Handled {}

  /** An operator is to look at it, and why. */
  record Parked(String why) implements Handled {}
}
