package io.creditledger.stripe.usage;

import io.creditledger.relay.Database;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.rules.UsageRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets what nobody can refer to any more, a few thousand rows at a time. */
final class UsagePrune implements Worker.Step {

  private static final int PAGE = 5_000;
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final Database database;
  private final UsageRule rule;
  private final Clock clock;

  UsagePrune(Database database, UsageRule rule, Clock clock) {
    this.database = database;
    this.rule = rule;
    this.clock = clock;
  }

  @Override
  public Duration run() {
    Instant now = clock.instant();
    int forgotten =
        database
            .jdbi()
            .inTransaction(
                transaction ->
                    UsageLines.forget(transaction, now.minus(rule.usageKept()), PAGE)
                        + WindowEvents.forget(transaction, now.minus(rule.eventsKept()), PAGE)
                        + WindowRows.forget(transaction, now.minus(rule.eventsKept()), PAGE));
    return forgotten < PAGE ? EVERY : Duration.ZERO;
  }
}
