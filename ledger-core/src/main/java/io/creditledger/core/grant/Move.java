package io.creditledger.core.grant;

import java.util.Locale;
import java.util.Optional;

/**
 * The ways credits of a grant can move. Each names where they leave and where they arrive, so a
 * list of moves is a proof of conservation.
 */
public enum Move {
  /** Unheld to consumed: usage paid, overdraft repaid. */
  CONSUME,
  /** Unheld to held: reserved. */
  HOLD,
  /** Held to consumed: a reservation settled. */
  SETTLE,
  /** Held to unheld: a reservation's rest returned. */
  UNHOLD,
  /** Held to expired: returned to a grant that had expired. */
  UNHOLD_EXPIRED,
  /** Held to voided: returned to a grant that was void. */
  UNHOLD_VOIDED,
  /** Unheld to expired. */
  EXPIRE,
  /** Unheld to voided. */
  VOID,
  /** Consumed to unheld: usage reversed. */
  RETURN,
  /** Consumed to expired: usage reversed into a grant that had expired. */
  RETURN_EXPIRED,
  /** Consumed to voided: usage reversed into a grant that was void. */
  RETURN_VOIDED,
  /** From outside to unheld. */
  ADJUST_UP,
  /** Unheld to outside. */
  ADJUST_DOWN;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name on the wire, in lower case. */
  public String wireName() {
    return wireName;
  }

  /** The move of that wire name, if there is one. */
  public static Optional<Move> ofWireName(String name) {
    for (Move move : values()) {
      if (move.wireName().equals(name)) {
        return Optional.of(move);
      }
    }
    return Optional.empty();
  }
}
