package io.creditledger.stripe.period;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.SqlArrays;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code billing_period}. Periods of one subscription do not overlap: one that begins
 * inside another ends the other there, in whatever order the two become known.
 */
public final class BillingPeriods {

  private BillingPeriods() {}

  /** Keeps a period; one that begins at the same instant is replaced. */
  public static void keep(Handle handle, BillingPeriod period) {
    Map<String, Object> row =
        Map.of(
            "customer", period.customer().value(),
            "subscription", period.subscription(),
            "startsAt", period.startsAt(),
            "endsAt", period.endsAt());
    handle
        .createUpdate(
            "update billing_period set ends_at = :startsAt, windows_cut = false, flushed = false"
                + " where subscription = :subscription"
                + " and starts_at < :startsAt and ends_at > :startsAt")
        .bindMap(row)
        .execute();
    handle
        .createUpdate(
            "insert into billing_period (customer, subscription, starts_at, ends_at)"
                + " values (:customer, :subscription, :startsAt, least(:endsAt,"
                + " (select min(starts_at) from billing_period"
                + " where subscription = :subscription and starts_at > :startsAt)))"
                + " on conflict (subscription, starts_at) do update"
                + " set customer = excluded.customer, ends_at = excluded.ends_at,"
                + " windows_cut = billing_period.windows_cut"
                + " and billing_period.ends_at = excluded.ends_at,"
                + " flushed = billing_period.flushed"
                + " and billing_period.ends_at = excluded.ends_at")
        .bindMap(row)
        .execute();
  }

  /** The usage of all periods that ended by then is on a final invoice: more comes too late. */
  public static void finalized(Handle handle, String subscription, Instant until, Instant at) {
    handle
        .createUpdate(
            "update billing_period set finalized_at = :at where subscription = :subscription"
                + " and ends_at <= :until and finalized_at is null")
        .bind("subscription", subscription)
        .bind("until", until)
        .bind("at", at)
        .execute();
  }

  /** When periods of these customers begin and end; nothing for a customer without one. */
  public static Map<CustomerId, Set<Instant>> boundaries(
      Handle handle, Collection<CustomerId> customers) {
    Map<CustomerId, Set<Instant>> boundaries = new HashMap<>();
    handle
        .createQuery(
            "select customer, starts_at, ends_at from billing_period"
                + " where customer = any(:customers)")
        .bind("customers", SqlArrays.texts(customers, CustomerId::value))
        .map(
            (row, context) ->
                boundaries
                    .computeIfAbsent(
                        new CustomerId(row.getString("customer")), customer -> new HashSet<>())
                    .addAll(
                        List.of(
                            row.getTimestamp("starts_at").toInstant(),
                            row.getTimestamp("ends_at").toInstant())))
        .list();
    return boundaries;
  }

  /** A customer's periods that end after that instant, the earliest first. */
  public static List<BillingPeriod> endingAfter(
      Handle handle, CustomerId customer, Instant instant) {
    return handle
        .createQuery(
            "select subscription, starts_at, ends_at from billing_period"
                + " where customer = :customer and ends_at > :instant order by starts_at")
        .bind("customer", customer.value())
        .bind("instant", instant)
        .map(
            (row, context) ->
                new BillingPeriod(
                    customer,
                    row.getString("subscription"),
                    row.getTimestamp("starts_at").toInstant(),
                    row.getTimestamp("ends_at").toInstant()))
        .list();
  }
}
