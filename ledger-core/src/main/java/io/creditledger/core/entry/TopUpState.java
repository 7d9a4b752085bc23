package io.creditledger.core.entry;

import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a customer's top-up rule stands.
 *
 * @param pending the request that is neither granted, failed nor cancelled yet
 * @param lastAt when the last request was made; from then the cool-down counts
 * @param month the start of the month for which {@code inMonth} counts
 * @param inMonth asked for in that month, less what failed or was cancelled
 * @param pendingAmount of the pending request; zero without one
 * @param failures in a row
 * @param requests made so far, from which ids are made
 * @param remindedAt when a timer last had the rule looked at
 */
public record TopUpState(
    Optional<EventId> pending,
    Credits pendingAmount,
    Optional<Instant> lastAt,
    Optional<Instant> month,
    Credits inMonth,
    int failures,
    long requests,
    Optional<Instant> remindedAt) {

  /** A rule that has asked for nothing yet. */
  public static final TopUpState NEW =
      new TopUpState(
          Optional.empty(),
          Credits.ZERO,
          Optional.empty(),
          Optional.empty(),
          Credits.ZERO,
          0,
          0,
          Optional.empty());
}
