package io.creditledger.streams.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The operators' side of the outbox: how it stands, and what is to be sent again. */
final class OutboxDesk {

  private static final String DELIVERIES =
      "select delivery.*, case when state = 'pending' then queue.due_at end as due_at"
          + " from webhook_delivery delivery left join webhook_queue queue"
          + " on queue.endpoint = delivery.endpoint and queue.customer = delivery.customer";

  private final Jdbi jdbi;

  /** How many deliveries of an endpoint are in a state, and since when the oldest is there. */
  record Count(String endpoint, DeliveryState state, long number, Instant oldest) {}

  OutboxDesk(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** What is pending and what is dead; cheap, however much was delivered. */
  List<Count> open() {
    return counts("state = 'pending'" + GROUPED + " union all " + COUNTED + "state = 'dead'");
  }

  List<Count> delivered() {
    return counts("state = 'delivered'");
  }

  private static final String COUNTED =
      "select endpoint, state, count(*) as number, min(created_at) as oldest"
          + " from webhook_delivery where ";
  private static final String GROUPED = " group by endpoint, state";

  private List<Count> counts(String states) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(COUNTED + states + GROUPED)
                .map(
                    (row, context) ->
                        new Count(
                            row.getString("endpoint"),
                            state(row),
                            row.getLong("number"),
                            row.getTimestamp("oldest").toInstant()))
                .list());
  }

  /** Deliveries, newest first. */
  List<Delivery> deliveries(DeliveryFilter filter, OptionalLong before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    DELIVERIES
                        + " where (:endpoint::text is null or delivery.endpoint = :endpoint)"
                        + " and (:state::text is null or delivery.state = :state)"
                        + " and (:customer::text is null or delivery.customer = :customer)"
                        + " and (:before::bigint is null or delivery.id < :before)"
                        + " order by delivery.id desc limit :limit")
                .bind("endpoint", filter.endpoint())
                .bind("state", filter.state().map(DeliveryState::wireName))
                .bind("customer", filter.customer())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> delivery(row))
                .list());
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    int status = row.getInt("status");
    return new Delivery(
        row.getLong("id"),
        row.getString("endpoint"),
        row.getString("webhook_id"),
        row.getString("alert"),
        row.getString("type"),
        row.getString("customer"),
        state(row),
        row.getInt("attempts"),
        row.getTimestamp("created_at").toInstant(),
        time(row, "attempted_at"),
        time(row, "ended_at"),
        time(row, "due_at"),
        status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
        Optional.ofNullable(row.getString("detail")));
  }

  private static DeliveryState state(ResultSet row) throws SQLException {
    return DeliveryState.ofWireName(row.getString("state")).orElseThrow();
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  /**
   * Makes one delivery due now.
   *
   * @param known whether an endpoint is set up
   */
  Redelivery redeliver(long id, Predicate<String> known, Instant now) {
    return jdbi.inTransaction(
        transaction -> {
          Optional<Delivery> delivery = find(transaction, id);
          if (delivery.isEmpty()) {
            return new Redelivery.UnknownDelivery();
          }
          String endpoint = delivery.get().endpoint();
          if (!known.test(endpoint)) {
            return new Redelivery.UnknownEndpoint(endpoint);
          }
          // What is pending is not touched: its sender may just be writing down what became of it.
          transaction
              .createUpdate(
                  "update webhook_delivery set state = 'pending', due_first = :now, ended_at = null"
                      + " where id = :id and state <> 'pending'")
              .bind("id", id)
              .bind("now", now)
              .execute();
          open(transaction, "id = :id", endpoint, id, now);
          return find(transaction, id)
              .<Redelivery>map(Redelivery.Queued::new)
              .orElseGet(Redelivery.UnknownDelivery::new);
        });
  }

  private static Optional<Delivery> find(Handle handle, long id) {
    return handle
        .createQuery(DELIVERIES + " where delivery.id = :id")
        .bind("id", id)
        .map((row, context) -> delivery(row))
        .findOne();
  }

  /** Makes all that is dead at an endpoint due now; how many. */
  int redeliverDead(String endpoint, Instant now) {
    return jdbi.inTransaction(
        transaction -> {
          int dead =
              transaction
                  .createUpdate(
                      "update webhook_delivery"
                          + " set state = 'pending', due_first = :now, ended_at = null"
                          + " where endpoint = :endpoint and state = 'dead'")
                  .bind("endpoint", endpoint)
                  .bind("now", now)
                  .execute();
          open(transaction, "state = 'pending'", endpoint, 0, now);
          return dead;
        });
  }

  private static void open(
      Handle transaction, String which, String endpoint, long id, Instant now) {
    transaction
        .createUpdate(
            "insert into webhook_queue (endpoint, customer, due_at)"
                + " select distinct endpoint, customer, :now::timestamptz from webhook_delivery"
                + " where endpoint = :endpoint and "
                + which
                + " order by customer"
                + " on conflict (endpoint, customer) do update set due_at = :now, failures = 0")
        .bind("endpoint", endpoint)
        .bind("id", id)
        .bind("now", now)
        .execute();
  }

  /** Forgets what was delivered before; how much, at most a thousand. */
  int prune(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from webhook_delivery where id in (select id from webhook_delivery"
                        + " where state = 'delivered' and ended_at < :before limit 1000)")
                .bind("before", before)
                .execute());
  }
}
