package io.creditledger.core.catalog;

import io.creditledger.core.money.Credits;
import java.util.Optional;

/**
 * What happens when credits run out, and how far it may go.
 *
 * @param overdraft what becomes of usage that no grant covers
 * @param limit the most overage or overdraft there may be, in credits, zero or more; usage that
 *     would pass it is refused whole. Empty: no bound. Only for {@link Overdraft#BILL} and {@link
 *     Overdraft#CARRY}.
 */
public record OverdraftPolicy(Overdraft overdraft, Optional<Credits> limit) {

  /** Bill whatever is used beyond all grants: the policy where nothing else is said. */
  public static final OverdraftPolicy DEFAULT = of(Overdraft.BILL);

  /**
   * Checks that the limit fits the policy.
   *
   * @throws IllegalArgumentException if it is negative or the policy knows no limit
   */
  public OverdraftPolicy {
    Violations violations = new Violations("overdraft");
    if (limit.isPresent() && !overdraft.mayBeLimited()) {
      violations.add("limit", "is only for bill and carry, not for " + overdraft.wireName());
    }
    if (limit.isPresent() && limit.get().isNegative()) {
      violations.add("limit", "is negative: " + limit.get());
    }
    violations.refuseIfAny();
  }

  /** The policy without a limit. */
  public static OverdraftPolicy of(Overdraft overdraft) {
    return new OverdraftPolicy(overdraft, Optional.empty());
  }

  /**
   * The policy with a limit in credits.
   *
   * @throws IllegalArgumentException if the limit is negative or the policy knows no limit
   */
  public static OverdraftPolicy of(Overdraft overdraft, Credits limit) {
    return new OverdraftPolicy(overdraft, Optional.of(limit));
  }
}
