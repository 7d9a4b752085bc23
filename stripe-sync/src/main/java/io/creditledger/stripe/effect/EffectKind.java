package io.creditledger.stripe.effect;

/** How effects of one kind are brought about. */
public interface EffectKind {

  /** The name its rows carry. */
  String name();

  /**
   * Takes the next step, or finds that there is none. No transaction is open meanwhile, and nobody
   * else is at the same effect. It may be called again after any part of it: what it does outside
   * must be looked for first where {@link Effect#mayBeDone}.
   */
  EffectOutcome run(Effect effect) throws InterruptedException;
}
