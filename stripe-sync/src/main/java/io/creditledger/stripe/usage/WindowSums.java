package io.creditledger.stripe.usage;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What one window comes to and where that stands. Where Stripe adds events up and nothing is under
 * way or stuck, {@code total = delivered}. Where Stripe keeps the last event, the sums are of the
 * newest event alone.
 *
 * @param total what the journal's usage comes to
 * @param delivered in events that Stripe has and counts, as far as it has answered
 * @param pending in events that are to be sent
 * @param parked in events that Stripe refused, or would
 * @param unknown in events of which nobody knows whether Stripe has them
 * @param cancelling in events that Stripe still counts and is to cancel
 * @param uncut what is in no event yet; negative where events come to more than usage
 */
public record WindowSums(
    CustomerId customer,
    String eventName,
    Instant start,
    Instant end,
    Aggregation aggregation,
    BigDecimal total,
    BigDecimal delivered,
    BigDecimal pending,
    BigDecimal parked,
    BigDecimal unknown,
    BigDecimal cancelling,
    BigDecimal uncut) {

  private static final String QUERY =
      """
      select w.*, w.total - w.cut as uncut, s.* from usage_window w cross join lateral (
        select coalesce(sum(value) filter (where state = 'delivered'), 0) as delivered,
               coalesce(sum(value) filter (where state = 'pending'), 0) as pending,
               coalesce(sum(value) filter (where state = 'parked'), 0) as parked,
               coalesce(sum(value) filter (where state = 'unknown'), 0) as unknown,
               coalesce(sum(value) filter (where state = 'cancelling'), 0) as cancelling
        from meter_event e
        where e.customer = w.customer and e.event_name = w.event_name
          and e.window_start = w.window_start and e.window_end = w.window_end
          and (w.aggregation = 'SUM' or e.revision = w.revision)) s
      where w.window_start >= :from and w.window_start < :to
        and (cast(:customer as text) is null or w.customer = :customer)
      order by w.customer, w.event_name, w.window_start
      """;

  /**
   * The windows that begin in a half-open interval, by customer, meter and time.
   *
   * @param customer empty: of all customers
   */
  public static List<WindowSums> between(
      Handle handle, Instant from, Instant to, Optional<CustomerId> customer) {
    return handle
        .createQuery(QUERY)
        .bind("from", from)
        .bind("to", to)
        .bind("customer", customer.map(CustomerId::value))
        .map((row, context) -> read(row))
        .list();
  }

  private static WindowSums read(ResultSet row) throws SQLException {
    MeterWindow window = WindowRows.window(row);
    return new WindowSums(
        window.customer(),
        window.eventName(),
        window.start(),
        window.end(),
        Aggregation.valueOf(row.getString("aggregation")),
        row.getBigDecimal("total"),
        row.getBigDecimal("delivered"),
        row.getBigDecimal("pending"),
        row.getBigDecimal("parked"),
        row.getBigDecimal("unknown"),
        row.getBigDecimal("cancelling"),
        row.getBigDecimal("uncut"));
  }
}
