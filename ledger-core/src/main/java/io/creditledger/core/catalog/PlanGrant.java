package io.creditledger.core.catalog;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.util.List;
import java.util.Optional;

/**
 * A grant that comes with a plan.
 *
 * @param name what people are shown; may be empty
 * @param amount how many credits, above zero
 * @param unit the unit they are counted in
 * @param priority 0 to 100, lower burns first
 * @param category paid or promotional
 * @param recurrence how it comes again; empty: once
 * @param expiresAfter how long it lives; empty: until the next renewal if it recurs, else for ever
 * @param meters only usage of these meters burns it; empty: of any
 * @param subscriptions only usage of these subscriptions burns it; empty: of any
 */
public record PlanGrant(
    String name,
    Credits amount,
    Unit unit,
    int priority,
    Category category,
    Optional<Recurrence> recurrence,
    Optional<IsoPeriod> expiresAfter,
    List<MeterName> meters,
    List<SubscriptionId> subscriptions) {

  /** The priority of a grant that names none. */
  public static final int PRIORITY_DEFAULT = 50;

  private static final int PRIORITY_MAX = 100;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a field is not as promised
   */
  public PlanGrant {
    Violations violations = new Violations("grant");
    violations.checkText("name", name);
    if (!amount.isPositive()) {
      violations.add("amount", "is not above zero: " + amount);
    }
    if (priority < 0 || priority > PRIORITY_MAX) {
      violations.add("priority", "is not from 0 to " + PRIORITY_MAX + ": " + priority);
    }
    violations.refuseIfAny();
    meters = List.copyOf(meters);
    subscriptions = List.copyOf(subscriptions);
  }
}
