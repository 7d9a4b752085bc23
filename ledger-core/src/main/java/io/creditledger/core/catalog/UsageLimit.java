package io.creditledger.core.catalog;

import io.creditledger.core.money.Quantity;
import java.util.Locale;
import java.util.Optional;

/** How much of a meter a plan allows, apart from what credits pay for. */
public sealed interface UsageLimit {

  /** The meter is switched off. */
  UsageLimit DISABLED = new Disabled();

  /** As much as credits pay for. */
  UsageLimit UNLIMITED = new Unlimited();

  /** The meter is switched off. */
  record Disabled() implements UsageLimit {}

  /** As much as credits pay for. */
  record Unlimited() implements UsageLimit {}

  /**
   * So much in each period, in the meter's own quantity.
   *
   * @param quantity zero or more
   * @param per the period that it starts again with
   */
  record Limited(Quantity quantity, Per per) implements UsageLimit {

    /**
     * Checks the quantity.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Limited {
      if (quantity.isNegative()) {
        Violations violations = new Violations("limit");
        violations.add("limited", "is negative: " + quantity);
        violations.refuseIfAny();
      }
    }
  }

  /** A period of the calendar, in the customer's time zone. */
  enum Per {
    /** From midnight to midnight. */
    DAY,
    /** From the first of a month to the first of the next. */
    MONTH;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name on the wire: lower case. */
    public String wireName() {
      return wireName;
    }

    /** The period of this exact wire name, or empty if there is none. */
    public static Optional<Per> ofWireName(String wireName) {
      return WireNames.find(values(), Per::wireName, wireName);
    }
  }
}
