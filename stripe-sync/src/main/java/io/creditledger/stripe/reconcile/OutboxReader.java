package io.creditledger.stripe.reconcile;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.Database;
import io.creditledger.stripe.outbox.EventState;
import io.creditledger.stripe.reconcile.Books.Event;
import io.creditledger.stripe.reconcile.Books.Repaired;
import io.creditledger.stripe.reconcile.Books.Window;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import io.creditledger.stripe.usage.MeterWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** The outbox's side of the comparison. */
final class OutboxReader {

  /** Where a window counts. */
  private static final String GROUPED =
      " and window_start >= :from and window_start < :to"
          + " group by customer, event_name, date_trunc('hour', window_start, 'UTC')";

  private static final String SELECT =
      "select customer, event_name, date_trunc('hour', window_start, 'UTC') as begin, ";

  private static final String OF_WINDOWS =
      " customer = :customer and event_name = :eventName"
          + " and window_start >= :from and window_start < :to order by ";

  private final Database database;
  private final String relay;

  /**
   * Reads from there.
   *
   * @param relay by which the outbox reads the journal
   */
  OutboxReader(Database database, String relay) {
    this.database = database;
    this.relay = relay;
  }

  /**
   * The whole outbox at one instant.
   *
   * @param fence up to where it had read the journal
   * @param counted what its usage comes to
   * @param delivered what Stripe's sums must be, as far as is known
   */
  record Snapshot(Fence fence, Sums counted, Sums delivered, long windows) {}

  Snapshot snapshot(Scope scope) {
    return database
        .jdbi()
        .inTransaction(
            TransactionIsolationLevel.REPEATABLE_READ,
            handle -> {
              Sums counted = new Sums();
              add(handle, scope, "sum(total)", "usage_window where true" + GROUPED, counted);
              Sums delivered = new Sums();
              add(
                  handle,
                  scope,
                  "sum(value)",
                  "meter_event where aggregation = 'SUM' and state in ('delivered', 'cancelling')"
                      + GROUPED,
                  delivered);
              add(
                  handle,
                  scope,
                  "sum(value)",
                  "(select distinct on (customer, event_name, window_start, window_end) *"
                      + " from meter_event where aggregation <> 'SUM' and state = 'delivered'"
                      + " order by customer, event_name, window_start, window_end, id desc) e"
                      + " where true"
                      + GROUPED,
                  delivered);
              add(handle, scope, "-sum(value)", "meter_repair where true" + GROUPED, delivered);
              return new Snapshot(fence(handle), counted, delivered, windows(handle, scope));
            });
  }

  private static void add(Handle handle, Scope scope, String sum, String from, Sums into) {
    bound(handle.createQuery(SELECT + sum + " as amount from " + from), scope.span())
        .map(
            (row, context) -> {
              String eventName = row.getString("event_name");
              scope
                  .begin(eventName, row.getTimestamp("begin").toInstant())
                  .ifPresent(begin -> add(into, row, eventName, begin));
              return eventName;
            })
        .list();
  }

  private static void add(Sums into, ResultSet row, String eventName, java.time.Instant begin) {
    try {
      into.add(
          new MeterKey(new CustomerId(row.getString("customer")), eventName),
          begin,
          row.getBigDecimal("amount"));
    } catch (SQLException e) {
      throw new IllegalStateException("the outbox's sums cannot be read", e);
    }
  }

  private static long windows(Handle handle, Scope scope) {
    return bound(
            handle.createQuery(
                "select count(*) from usage_window"
                    + " where window_start >= :from and window_start < :to"),
            scope.span())
        .mapTo(Long.class)
        .one();
  }

  private Fence fence(Handle handle) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    handle
        .createQuery("select topic, partition, next_offset from relay_offset where relay = :relay")
        .bind("relay", relay)
        .map(
            (row, context) ->
                offsets.put(
                    new TopicPartition(row.getString("topic"), row.getInt("partition")),
                    row.getLong("next_offset")))
        .list();
    return new Fence(offsets);
  }

  /** All rows of one customer and meter in an interval. */
  Books books(MeterKey key, Span span) {
    return database
        .jdbi()
        .inTransaction(
            TransactionIsolationLevel.REPEATABLE_READ,
            handle ->
                Books.of(
                    rows(
                            handle.createQuery(
                                "select * from usage_window where" + OF_WINDOWS + "window_start"),
                            key,
                            span)
                        .map((row, context) -> window(row))
                        .list(),
                    rows(
                            handle.createQuery(
                                "select * from meter_event left join (select event, created_at"
                                    + " as cancelled_at from meter_cancel) c on c.event = id where"
                                    + OF_WINDOWS
                                    + "id"),
                            key,
                            span)
                        .map((row, context) -> event(row))
                        .list(),
                    rows(
                            handle.createQuery(
                                "select * from meter_repair where" + OF_WINDOWS + "revision"),
                            key,
                            span)
                        .map((row, context) -> repaired(row))
                        .list()));
  }

  private static Query rows(Query query, MeterKey key, Span span) {
    return bound(query, span)
        .bind("customer", key.customer().value())
        .bind("eventName", key.eventName());
  }

  private static Query bound(Query query, Span span) {
    return query.bind("from", span.from()).bind("to", span.to());
  }

  private static Window window(ResultSet row) throws SQLException {
    return new Window(
        span(row),
        row.getBigDecimal("total"),
        row.getBigDecimal("cut"),
        row.getInt("revision"),
        row.getTimestamp("due_at") != null);
  }

  private static Event event(ResultSet row) throws SQLException {
    EventState state = EventState.of(row.getString("state"));
    Optional<Timestamp> changedAt =
        switch (state) {
          case DELIVERED -> Optional.ofNullable(row.getTimestamp("delivered_at"));
          case CANCELLING, CANCELLED -> Optional.ofNullable(row.getTimestamp("cancelled_at"));
          case PENDING, PARKED, UNKNOWN, WITHDRAWN -> Optional.empty();
        };
    return new Event(
        row.getLong("id"),
        span(row),
        Aggregation.valueOf(row.getString("aggregation")),
        row.getBigDecimal("value"),
        state,
        row.getTimestamp("created_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("attempted_at")).map(Timestamp::toInstant),
        changedAt.map(Timestamp::toInstant),
        row.getString("reason"),
        row.getString("detail"));
  }

  private static Repaired repaired(ResultSet row) throws SQLException {
    return new Repaired(span(row), row.getBigDecimal("value"));
  }

  private static MeterWindow span(ResultSet row) throws SQLException {
    return new MeterWindow(
        new CustomerId(row.getString("customer")),
        row.getString("event_name"),
        row.getTimestamp("window_start").toInstant(),
        row.getTimestamp("window_end").toInstant());
  }
}
