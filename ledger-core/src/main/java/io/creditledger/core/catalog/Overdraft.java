package io.creditledger.core.catalog;

import java.util.Locale;
import java.util.Optional;

/** What becomes of usage that no grant covers. */
public enum Overdraft {
  /**
   * Grants go to zero and the rest is overage, sent to be invoiced; later grants do not repay it.
   */
  BILL,
  /** The rest is owed: a later grant repays it first when it becomes effective. */
  CARRY,
  /** The whole usage is refused and nothing burns. */
  REJECT,
  /** The rest is recorded and dropped. */
  FORGIVE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name on the wire: lower case. */
  public String wireName() {
    return wireName;
  }

  /** Whether overage or debt can arise under it, so that a limit makes sense. */
  public boolean mayBeLimited() {
    return switch (this) {
      case BILL, CARRY -> true;
      case REJECT, FORGIVE -> false;
    };
  }

  /** The policy of this exact wire name, or empty if there is none. */
  public static Optional<Overdraft> ofWireName(String wireName) {
    return WireNames.find(values(), Overdraft::wireName, wireName);
  }
}
