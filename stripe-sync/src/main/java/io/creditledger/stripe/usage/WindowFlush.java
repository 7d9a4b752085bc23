package io.creditledger.stripe.usage;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.Database;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.outbox.MeterEventRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Flushes when it is told to, and by itself each time a known billing period has ended. Periods
 * that became known or were moved have the windows they cut looked at again.
 */
final class WindowFlush implements UsageFlush, Worker.Step {

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final int PAGE = 100;

  private final Database database;
  private final Clock clock;

  /** How long after a period's end usage of it is waited for. */
  private final Duration grace;

  /** Called when there is something to cut. */
  private final Runnable nudge;

  WindowFlush(Database database, Clock clock, Duration grace, Runnable nudge) {
    this.database = database;
    this.clock = clock;
    this.grace = grace;
    this.nudge = nudge;
  }

  @Override
  public void flush(Handle transaction, CustomerId customer, Instant until) {
    MeterEventRows.hurry(transaction, customer, until);
    WindowRows.hurry(transaction, customer, until, clock.instant());
    transaction.afterCommit(nudge);
  }

  @Override
  public Duration run() {
    int moved = database.jdbi().inTransaction(WindowFlush::lookAtMoved);
    int ended = database.jdbi().inTransaction(this::flushEnded);
    if (moved > 0) {
      nudge.run();
    }
    return ended < PAGE ? IDLE : Duration.ZERO;
  }

  /** What reaches over the boundaries of new and moved periods is to be cut there. */
  private static int lookAtMoved(Handle transaction) {
    return transaction
        .createUpdate(
            "with moved as (update billing_period set windows_cut = true where not windows_cut"
                + " returning customer, starts_at, ends_at)"
                + " update usage_window w set due_at = coalesce(due_at, to_timestamp(0))"
                + " from moved m where w.customer = m.customer"
                + " and ((w.window_start < m.starts_at and w.window_end > m.starts_at)"
                + " or (w.window_start < m.ends_at and w.window_end > m.ends_at))")
        .execute();
  }

  private record Ended(CustomerId customer, Instant at) {}

  private int flushEnded(Handle transaction) {
    List<Ended> ended =
        transaction
            .createQuery(
                "update billing_period set flushed = true where (subscription, starts_at) in"
                    + " (select subscription, starts_at from billing_period"
                    + " where not flushed and ends_at <= :before limit :most"
                    + " for update skip locked) returning customer, ends_at")
            .bind("before", clock.instant().minus(grace))
            .bind("most", PAGE)
            .map(
                (row, context) ->
                    new Ended(
                        new CustomerId(row.getString("customer")),
                        row.getTimestamp("ends_at").toInstant()))
            .list();
    ended.forEach(period -> flush(transaction, period.customer(), period.at()));
    return ended.size();
  }
}
