package io.creditledger.stripe.usage;

import io.creditledger.core.id.CustomerId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Usage that reached Stripe, or will, only after the invoice of its period was final: Stripe counts
 * it in its sums and bills it on no invoice. It is marked here and decided by people.
 *
 * @param subscription Stripe's id, whose period it belongs to
 * @param finalizedAt when that period's invoice took no more
 * @param sentAt when Stripe had it; empty: it has not been sent yet
 */
public record LateUsage(
    CustomerId customer,
    String eventName,
    Instant windowStart,
    String identifier,
    BigDecimal value,
    String subscription,
    Instant finalizedAt,
    Optional<Instant> sentAt) {

  private static final String FROM =
      " from meter_event e join billing_period p on p.customer = e.customer"
          + " and e.window_start >= p.starts_at and e.window_start < p.ends_at"
          + " where p.finalized_at is not null"
          + " and e.state in ('pending', 'delivered', 'parked', 'unknown')"
          + " and coalesce(e.delivered_at, 'infinity') > p.finalized_at";

  /** Those of windows that begin from then on, the newest first. */
  public static List<LateUsage> since(Handle handle, Instant from, int most) {
    return handle
        .createQuery(
            "select e.customer, e.event_name, e.window_start, e.identifier, e.value,"
                + " p.subscription, p.finalized_at, e.delivered_at"
                + FROM
                + " and e.window_start >= :from order by e.window_start desc limit :most")
        .bind("from", from)
        .bind("most", most)
        .map(
            (row, context) ->
                new LateUsage(
                    new CustomerId(row.getString("customer")),
                    row.getString("event_name"),
                    row.getTimestamp("window_start").toInstant(),
                    row.getString("identifier"),
                    row.getBigDecimal("value"),
                    row.getString("subscription"),
                    row.getTimestamp("finalized_at").toInstant(),
                    Optional.ofNullable(row.getTimestamp("delivered_at"))
                        .map(java.sql.Timestamp::toInstant)))
        .list();
  }

  /** How many there are of windows that begin from then on. */
  public static long count(Handle handle, Instant from) {
    return handle
        .createQuery("select count(*)" + FROM + " and e.window_start >= :from")
        .bind("from", from)
        .mapTo(Long.class)
        .one();
  }
}
