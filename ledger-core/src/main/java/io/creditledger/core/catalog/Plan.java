package io.creditledger.core.catalog;

import io.creditledger.core.id.MeterName;
import java.util.List;
import java.util.Map;

/**
 * What a customer gets by subscribing.
 *
 * @param id how subscriptions name it
 * @param name what people are shown
 * @param grants the credits that come with it, in order of appearance
 * @param limits how much of each meter it allows; a meter that is not named is unlimited
 */
public record Plan(
    String id, String name, List<PlanGrant> grants, Map<MeterName, UsageLimit> limits) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the id or the name is blank or longer than 255 characters
   */
  public Plan {
    Violations violations = new Violations("plan");
    violations.checkName("id", id);
    violations.checkName("name", name);
    violations.refuseIfAny();
    grants = List.copyOf(grants);
    limits = Map.copyOf(limits);
  }

  /** How much of this meter the plan allows. */
  public UsageLimit limit(MeterName meter) {
    return limits.getOrDefault(meter, UsageLimit.UNLIMITED);
  }
}
