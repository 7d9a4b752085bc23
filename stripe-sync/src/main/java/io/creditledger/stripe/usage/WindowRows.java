package io.creditledger.stripe.usage;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.SqlArrays;
import io.creditledger.stripe.outbox.Urgency;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import io.creditledger.stripe.usage.MeterAggregator.Growth;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of windows. */
final class WindowRows {

  private WindowRows() {}

  /**
   * A window as it stands.
   *
   * @param total what its usage comes to
   * @param cut what its counting events come to
   * @param revision of the events cut last; 0 before the first
   */
  record Row(
      MeterWindow window,
      Aggregation aggregation,
      BigDecimal total,
      BigDecimal cut,
      int revision,
      Urgency urgency) {

    /** The same with another total. */
    Row with(BigDecimal other) {
      return new Row(window, aggregation, other, cut, revision, urgency);
    }

    /** The same for an invoice that waits, or not. */
    Row with(Urgency other) {
      return new Row(window, aggregation, total, cut, revision, other);
    }

    /** The same after another revision was cut. */
    Row revised() {
      return new Row(window, aggregation, total, cut, revision + 1, urgency);
    }
  }

  /**
   * Grows windows. A new one falls due when that function says; one that waits already goes on
   * waiting as long as it would have.
   */
  static void grow(
      Handle handle, Map<MeterWindow, Growth> windows, Function<MeterWindow, Instant> dueAt) {
    if (windows.isEmpty()) {
      return;
    }
    Set<Map.Entry<MeterWindow, Growth>> rows = windows.entrySet();
    handle
        .createUpdate(
            "insert into usage_window (customer, event_name, window_start, window_end, total,"
                + " aggregation, due_at)"
                + " select * from unnest(:customers, :eventNames, :starts, :ends, :totals,"
                + " :aggregations, :due)"
                + " on conflict (customer, event_name, window_start, window_end)"
                + " do update set total = usage_window.total + excluded.total,"
                + " due_at = coalesce(usage_window.due_at, excluded.due_at)")
        .bind("customers", SqlArrays.texts(rows, row -> row.getKey().customer().value()))
        .bind("eventNames", SqlArrays.texts(rows, row -> row.getKey().eventName()))
        .bind("starts", SqlArrays.instants(rows, row -> row.getKey().start()))
        .bind("ends", SqlArrays.instants(rows, row -> row.getKey().end()))
        .bind("totals", SqlArrays.decimals(rows, row -> row.getValue().amount()))
        .bind("aggregations", SqlArrays.texts(rows, row -> row.getValue().aggregation().name()))
        .bind("due", SqlArrays.instants(rows, row -> dueAt.apply(row.getKey())))
        .execute();
  }

  /** Takes windows that are due, those first that an invoice waits for, for this transaction. */
  static List<Row> takeDue(Handle handle, Instant now, int most) {
    return handle
        .createQuery(
            "select * from usage_window where due_at <= :now"
                + " order by urgent desc, due_at limit :most for update skip locked")
        .bind("now", now)
        .bind("most", most)
        .map((row, context) -> read(row))
        .list();
  }

  /** Takes one window for this transaction, if there is one. */
  static Optional<Row> take(Handle handle, MeterWindow window) {
    return one(handle, window, " for update");
  }

  /** One window, if there is one, without taking it. */
  static Optional<Row> find(Handle handle, MeterWindow window) {
    return one(handle, window, "");
  }

  private static Optional<Row> one(Handle handle, MeterWindow window, String locking) {
    return bindKey(
            handle.createQuery(
                "select * from usage_window where customer = :customer"
                    + " and event_name = :eventName and window_start = :start"
                    + " and window_end = :end"
                    + locking),
            window)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Counts a revision of a window of which nothing else changed. */
  static void revise(Handle handle, MeterWindow window) {
    bindKey(
            handle.createUpdate(
                "update usage_window set revision = revision + 1 where customer = :customer"
                    + " and event_name = :eventName and window_start = :start"
                    + " and window_end = :end"),
            window)
        .execute();
  }

  /** Makes a customer's windows that ended by then due at once, and urgent. */
  static int hurry(Handle handle, CustomerId customer, Instant until, Instant now) {
    return handle
        .createUpdate(
            "update usage_window set due_at = least(due_at, :now), urgent = true"
                + " where customer = :customer and window_end <= :until and due_at is not null")
        .bind("now", now)
        .bind("customer", customer.value())
        .bind("until", until)
        .execute();
  }

  /** Says of windows that what was cut of them is what they came to. */
  static void cut(Handle handle, Collection<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            "update usage_window w set cut = n.cut, revision = n.revision, due_at = null,"
                + " urgent = false from unnest(:customers, :eventNames, :starts, :ends, :cuts,"
                + " :revisions) as n (customer, event_name, window_start, window_end, cut,"
                + " revision) where w.customer = n.customer and w.event_name = n.event_name"
                + " and w.window_start = n.window_start and w.window_end = n.window_end")
        .bind("customers", SqlArrays.texts(rows, row -> row.window().customer().value()))
        .bind("eventNames", SqlArrays.texts(rows, row -> row.window().eventName()))
        .bind("starts", SqlArrays.instants(rows, row -> row.window().start()))
        .bind("ends", SqlArrays.instants(rows, row -> row.window().end()))
        .bind("cuts", SqlArrays.decimals(rows, Row::total))
        .bind("revisions", SqlArrays.ints(rows, Row::revision))
        .execute();
  }

  /** Says what a window's usage comes to. */
  static void total(Handle handle, MeterWindow window, BigDecimal total) {
    bindKey(
            handle.createUpdate(
                "update usage_window set total = :total where customer = :customer"
                    + " and event_name = :eventName and window_start = :start"
                    + " and window_end = :end"),
            window)
        .bind("total", total)
        .execute();
  }

  /** Deletes a window of which nothing was ever sent. */
  static void delete(Handle handle, MeterWindow window) {
    bindKey(
            handle.createUpdate(
                "delete from usage_window where customer = :customer and event_name = :eventName"
                    + " and window_start = :start and window_end = :end"),
            window)
        .execute();
  }

  /** Forgets windows that ended before a time, some at a time, but none that has events. */
  static int forget(Handle handle, Instant before, int most) {
    return handle
        .createUpdate(
            "delete from usage_window where ctid = any(array(select w.ctid from usage_window w"
                + " where w.window_end < :before and w.due_at is null and not exists"
                + " (select 1 from meter_event e where e.customer = w.customer"
                + " and e.event_name = w.event_name and e.window_start = w.window_start)"
                + " limit :most))")
        .bind("before", before)
        .bind("most", most)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bindKey(S statement, MeterWindow window) {
    return statement
        .bind("customer", window.customer().value())
        .bind("eventName", window.eventName())
        .bind("start", window.start())
        .bind("end", window.end());
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        window(row),
        Aggregation.valueOf(row.getString("aggregation")),
        row.getBigDecimal("total"),
        row.getBigDecimal("cut"),
        row.getInt("revision"),
        Urgency.of(row.getBoolean("urgent")));
  }

  /** The window that a row of any table here names. */
  static MeterWindow window(ResultSet row) throws SQLException {
    return new MeterWindow(
        new CustomerId(row.getString("customer")),
        row.getString("event_name"),
        row.getTimestamp("window_start").toInstant(),
        row.getTimestamp("window_end").toInstant());
  }
}
