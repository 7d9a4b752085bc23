package io.creditledger.core.entry;

/** What newly set settings mean for a customer's top-up rule. */
public enum TopUpStart {
  /** It goes on from where it stands; so does one that is taken away, should it come back. */
  GOES_ON,
  /** It was set, be it to what it was: failures, a pause and the cool-down are forgotten. */
  ANEW
}
