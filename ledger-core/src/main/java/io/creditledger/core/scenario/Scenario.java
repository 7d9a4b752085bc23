package io.creditledger.core.scenario;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Limits;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One customer's history and what must be true along it.
 *
 * @param id unique within its file
 * @param what it shows, in one sentence; may be empty
 * @param source where the numbers come from; may be empty
 * @param customer whose history it is; another one in each file
 * @param policy what becomes of usage that no grant covers; absent: what the catalog says
 * @param catalog by which it is run; absent: {@link #CATALOG}
 * @param steps in order of arrival; their times never go back
 * @param problem why it could not be read, with file, line and field; such a scenario has no steps
 *     and always fails
 */
public record Scenario(
    String id,
    String what,
    String source,
    CustomerId customer,
    Optional<OverdraftPolicy> policy,
    Optional<Catalog> catalog,
    List<Step> steps,
    Optional<String> problem) {

  private static final Duration LONG = Duration.ofDays(3660);

  /**
   * The limits of a scenario that does not state any. A scenario says itself when a reservation
   * ends, and may come back to usage long after: neither runs out here as it would by default.
   */
  public static final Limits LIMITS =
      new Limits(
          Limits.DEFAULT.usageAgeMax(),
          Limits.DEFAULT.usageAheadMax(),
          Limits.DEFAULT.expiryGrace(),
          LONG,
          LONG,
          LONG);

  /** The catalog of a scenario that has none: no meters, and {@link #LIMITS}. */
  public static final Catalog CATALOG = Catalog.EMPTY.withLimits(LIMITS);

  public Scenario {
    steps = List.copyOf(steps);
  }

  /** The catalog by which it is run. */
  public Catalog effectiveCatalog() {
    return catalog.orElse(CATALOG);
  }

  /** The event before all steps that sets the policy, if there is one to set. */
  public Optional<LedgerEvent> opening() {
    return policy.map(
        value ->
            new LedgerEvent.Configure(
                new EventId("scenario-policy"),
                customer,
                Optional.of(value),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new LedgerEvent.NewTopUp.Unchanged(),
                Optional.empty(),
                Note.NONE));
  }

  /** When it begins; absent: it has no steps. */
  public Optional<Instant> begins() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getFirst().at());
  }
}
