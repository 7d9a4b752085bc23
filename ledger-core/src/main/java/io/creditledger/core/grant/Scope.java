package io.creditledger.core.grant;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import java.util.List;

/**
 * Which usage a grant may pay for (rule 7): an empty list of meters means every meter, an empty
 * list of subscriptions every subscription; where both are limited, both must match.
 */
public record Scope(List<MeterName> meters, List<SubscriptionId> subscriptions) {

  /** Pays for everything. */
  public static final Scope EVERYTHING = new Scope(List.of(), List.of());

  /** At most this many meters, and as many subscriptions, in one scope. */
  public static final int SIZE_MAX = 100;

  public Scope {
    meters = List.copyOf(meters);
    subscriptions = List.copyOf(subscriptions);
    if (meters.size() > SIZE_MAX) {
      throw new IllegalArgumentException("scope.meters has more than " + SIZE_MAX + " names");
    }
    if (subscriptions.size() > SIZE_MAX) {
      throw new IllegalArgumentException("scope.subscriptions has more than " + SIZE_MAX + " ids");
    }
  }

  /** Whether usage with these dimensions may burn a grant of this scope. */
  public boolean covers(Dimensions usage) {
    return (meters.isEmpty() || usage.meter().filter(meters::contains).isPresent())
        && (subscriptions.isEmpty()
            || usage.subscription().filter(subscriptions::contains).isPresent());
  }
}
