package io.creditledger.stripe.effect;

import io.creditledger.stripe.client.Attempt;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** What came of a try. What is to be recorded is recorded in the transaction that ends the try. */
public sealed interface EffectOutcome {

  /** Writes what came of it. */
  @FunctionalInterface
  interface Rows {
    /** There is nothing to write. */
    Rows NOTHING = transaction -> {};

    /** Writes rows and has no effect elsewhere. */
    void write(Handle transaction);
  }

  /** There is nothing more to do until it is asked for again. */
  record Done(String note, Rows then) implements EffectOutcome {}

  /** A step is done, and the next one follows at once. */
  record Next(String note, Rows then) implements EffectOutcome {}

  /** The same step is to be tried again. */
  record Again(Attempt.Cause cause, String why) implements EffectOutcome {}

  /**
   * It cannot be done yet.
   *
   * @param pause how long, unless it is released or asked for again before
   */
  record Held(String why, Duration pause, Rows then) implements EffectOutcome {}

  /** It would be refused again: an operator is to look at it. */
  record Parked(String why, Rows then) implements EffectOutcome {}

  /** Done, with nothing to write. */
  static EffectOutcome done(String note) {
    return new Done(note, Rows.NOTHING);
  }

  /** A step done, with nothing to write. */
  static EffectOutcome next(String note) {
    return new Next(note, Rows.NOTHING);
  }

  /** Parked, with nothing to write. */
  static EffectOutcome parked(String why) {
    return new Parked(why, Rows.NOTHING);
  }

  /** The outcome of a call that did not succeed. */
  static EffectOutcome of(Attempt.Again<?> again) {
    return new Again(again.cause(), again.why());
  }

  /** The outcome of a call that was refused and would be again. */
  static EffectOutcome of(Attempt.Refused<?> refused) {
    return parked(words(refused));
  }

  /** A refusal in words. */
  static String words(Attempt.Refused<?> refused) {
    return "Stripe refused it: "
        + refused.status()
        + (refused.code().isEmpty() ? "" : " " + refused.code())
        + " "
        + refused.message();
  }
}
