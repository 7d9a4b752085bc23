package io.creditledger.stripe.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How usage on its way to Stripe stands.
 *
 * @param openWindows that wait for their end, their grace or their turn
 * @param oldestOpenWindow the start of the earliest of them
 * @param backlog events that are to be sent
 * @param oldestUnsent the start of the earliest window among them
 * @param cancellations that Stripe is to make
 * @param parked events that Stripe refused, or would
 * @param unknown events of which nobody knows whether Stripe has them
 * @param skipped usage that could not be counted, since it was reported without a quantity
 * @param unmatchedErrors errors that Stripe reported of events without saying which
 */
public record UsageStatus(
    long openWindows,
    Optional<Instant> oldestOpenWindow,
    long backlog,
    Optional<Instant> oldestUnsent,
    long cancellations,
    long parked,
    long unknown,
    long skipped,
    long unmatchedErrors) {

  private static final String QUERY =
      """
      select (select count(*) from usage_window where due_at is not null) as open_windows,
             (select min(window_start) from usage_window where due_at is not null) as oldest_open,
             (select count(*) from meter_event where state = 'pending') as backlog,
             (select min(window_start) from meter_event where state = 'pending') as oldest_unsent,
             (select count(*) from meter_cancel where state = 'pending') as cancellations,
             (select count(*) from meter_event where state = 'parked') as parked,
             (select count(*) from meter_event where state = 'unknown') as unknown,
             (select count(*) from usage_skipped) as skipped,
             (select coalesce(sum(error_count - matched), 0) from meter_error_report) as unmatched
      """;

  /** How it stands now. */
  public static UsageStatus of(Handle handle) {
    return handle.createQuery(QUERY).map((row, context) -> read(row)).one();
  }

  private static UsageStatus read(ResultSet row) throws SQLException {
    return new UsageStatus(
        row.getLong("open_windows"),
        instant(row, "oldest_open"),
        row.getLong("backlog"),
        instant(row, "oldest_unsent"),
        row.getLong("cancellations"),
        row.getLong("parked"),
        row.getLong("unknown"),
        row.getLong("skipped"),
        row.getLong("unmatched"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
