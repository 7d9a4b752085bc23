package io.creditledger.stripe.usage;

import io.creditledger.relay.SqlArrays;
import io.creditledger.stripe.outbox.EventState;
import io.creditledger.stripe.usage.WindowRows.Row;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The outbox's rows as windows see them: which of them count, and which are to count no more. */
final class WindowEvents {

  private WindowEvents() {}

  /** The events that count of these windows, locked, the oldest first. */
  static Map<MeterWindow, List<RevisionPlan.Event>> counting(Handle transaction, List<Row> rows) {
    Map<MeterWindow, List<RevisionPlan.Event>> events = new HashMap<>();
    if (rows.isEmpty()) {
      return events;
    }
    transaction
        .createQuery(
            // One that Stripe would not cancel is not asked for again: its time is over.
            "select e.id, e.customer, e.event_name, e.window_start, e.window_end, e.value,"
                + " e.state, case when c.event is null then e.attempted_at end as attempted"
                + " from meter_event e left join meter_cancel c on c.event = e.id"
                + " where (e.customer, e.event_name, e.window_start, e.window_end) in"
                + " (select * from unnest(:customers, :eventNames, :starts, :ends))"
                + " and e.state in ('pending', 'delivered', 'parked', 'unknown')"
                + " order by e.id for update of e")
        .bind("customers", SqlArrays.texts(rows, row -> row.window().customer().value()))
        .bind("eventNames", SqlArrays.texts(rows, row -> row.window().eventName()))
        .bind("starts", SqlArrays.instants(rows, row -> row.window().start()))
        .bind("ends", SqlArrays.instants(rows, row -> row.window().end()))
        .map(
            (row, context) ->
                Map.entry(
                    WindowRows.window(row),
                    new RevisionPlan.Event(
                        row.getLong("id"),
                        row.getBigDecimal("value"),
                        EventState.of(row.getString("state")),
                        Optional.ofNullable(row.getTimestamp("attempted"))
                            .map(Timestamp::toInstant))))
        .forEach(
            event ->
                events
                    .computeIfAbsent(event.getKey(), window -> new ArrayList<>())
                    .add(event.getValue()));
    return events;
  }

  /** These are not to be sent any more, and count no more. */
  static void withdraw(Handle transaction, List<Long> events) {
    set(transaction, events, EventState.WITHDRAWN);
  }

  /** Stripe is to cancel these, and they count no more. */
  static void cancel(Handle transaction, List<Long> events, Instant now) {
    set(transaction, events, EventState.CANCELLING);
    transaction
        .createUpdate(
            "insert into meter_cancel (event, state, lane, next_attempt_at, created_at)"
                + " select id, 'pending', lane, :now, :now from meter_event where id = any(:ids)")
        .bind("now", now)
        .bind("ids", SqlArrays.longs(events, id -> id))
        .execute();
  }

  private static void set(Handle transaction, List<Long> events, EventState state) {
    transaction
        .createUpdate("update meter_event set state = :state where id = any(:ids)")
        .bind("state", state.text())
        .bind("ids", SqlArrays.longs(events, id -> id))
        .execute();
  }

  /** Forgets events made before a time, some at a time, but none that is not done with. */
  static int forget(Handle transaction, Instant before, int most) {
    return transaction
        .createUpdate(
            "delete from meter_event where id in (select id from meter_event"
                + " where created_at < :before"
                + " and state in ('delivered', 'cancelled', 'withdrawn') limit :most)")
        .bind("before", before)
        .bind("most", most)
        .execute();
  }
}
