package io.creditledger.core.entry;

import io.creditledger.core.money.Credits;
import java.util.Locale;

/**
 * The part of a usage that no grant covered, and what becomes of it (rule 9).
 *
 * @param amount zero exactly when the kind is {@link Kind#NONE}
 */
public record Shortfall(Kind kind, Credits amount) {

  /** Everything was covered. */
  public static final Shortfall NONE = new Shortfall(Kind.NONE, Credits.ZERO);

  /** What becomes of credits that no grant covers. */
  public enum Kind {
    /** There are none. */
    NONE,
    /** Billed; later grants do not repay it. */
    OVERAGE,
    /** Owed; a grant repays it first when it becomes effective. */
    OVERDRAFT,
    /** Recorded and dropped. */
    FORGIVEN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name on the wire, in lower case. */
    public String wireName() {
      return wireName;
    }
  }

  public Shortfall {
    if (amount.isNegative() || amount.isZero() != (kind == Kind.NONE)) {
      throw new IllegalArgumentException("a shortfall of kind " + kind + " cannot be " + amount);
    }
  }

  /** A shortfall of that kind, or {@link #NONE} when the amount is zero. */
  public static Shortfall of(Kind kind, Credits amount) {
    return amount.isZero() ? NONE : new Shortfall(kind, amount);
  }
}
