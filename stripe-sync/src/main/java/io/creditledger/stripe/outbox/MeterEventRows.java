package io.creditledger.stripe.outbox;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.SqlArrays;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The outbox's rows. */
public final class MeterEventRows {

  /**
   * Rows of a sender's lanes that are due. Of a window of which Stripe keeps the last event, only
   * the oldest that is not delivered, so that the newest is received last.
   */
  private static final String READY =
      "select * from meter_event e where state = 'pending' and next_attempt_at <= :now"
          + " and lane % :step = :first and (aggregation = 'SUM' or not exists ("
          + " select 1 from meter_event o where o.customer = e.customer"
          + " and o.event_name = e.event_name and o.window_start = e.window_start"
          + " and o.window_end = e.window_end and o.id < e.id and o.state = 'pending'))";

  private static final String FEW_IN_DOUBT =
      " and (attempted_at is not null or (select count(*) from meter_event d"
          + " where d.state = 'pending' and d.attempted_at is not null) < 50)";

  private static final String FIRST = " order by urgent desc, next_attempt_at limit :most";

  private MeterEventRows() {}

  /** Puts events into the outbox, to be sent at once. */
  public static void add(Handle handle, Collection<NewEvent> events, Instant now) {
    if (events.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            "insert into meter_event (identifier, customer, event_name, window_start, window_end,"
                + " revision, part, aggregation, value, lane, urgent, state, next_attempt_at,"
                + " created_at) select n.*, 'pending', :now, :now from unnest(:identifiers,"
                + " :customers, :eventNames, :starts, :ends, :revisions, :parts, :aggregations,"
                + " :values, :lanes, cast(:urgent as bool[])) as n")
        .bind("now", now)
        .bind("identifiers", SqlArrays.texts(events, NewEvent::identifier))
        .bind("customers", SqlArrays.texts(events, event -> event.customer().value()))
        .bind("eventNames", SqlArrays.texts(events, NewEvent::eventName))
        .bind("starts", SqlArrays.instants(events, NewEvent::windowStart))
        .bind("ends", SqlArrays.instants(events, NewEvent::windowEnd))
        .bind("revisions", SqlArrays.ints(events, NewEvent::revision))
        .bind("parts", SqlArrays.ints(events, NewEvent::part))
        .bind("aggregations", SqlArrays.texts(events, event -> event.aggregation().name()))
        .bind("values", SqlArrays.decimals(events, NewEvent::value))
        .bind(
            "lanes", SqlArrays.ints(events, event -> Lanes.of(event.customer(), event.eventName())))
        .bind("urgent", SqlArrays.texts(events, event -> Boolean.toString(event.urgency().flag())))
        .execute();
  }

  /** Due events of some lanes, those first that an invoice waits for, then the longest due. */
  static List<MeterEvent> ready(Handle handle, Lanes lanes, Instant now, int most) {
    return ready(handle, READY + FIRST, lanes, now, most);
  }

  /**
   * One due event while Stripe fails: of calls without an answer nobody knows what came of them, so
   * only so many events are ever put in that doubt.
   */
  static List<MeterEvent> readyInDoubt(Handle handle, Lanes lanes, Instant now) {
    return ready(handle, READY + FEW_IN_DOUBT + FIRST, lanes, now, 1);
  }

  private static List<MeterEvent> ready(
      Handle handle, String query, Lanes lanes, Instant now, int most) {
    return handle
        .createQuery(query)
        .bind("now", now)
        .bind("first", lanes.first())
        .bind("step", lanes.step())
        .bind("most", most)
        .map((row, context) -> read(row))
        .list();
  }

  /**
   * Notes, before a call, that Stripe may have these events from now on.
   *
   * @return those that are still to be sent; others were withdrawn meanwhile
   */
  static Set<Long> tryNow(Handle handle, Collection<MeterEvent> events, Instant now) {
    return new HashSet<>(
        handle
            .createQuery(
                "update meter_event set attempts = attempts + 1,"
                    + " attempted_at = coalesce(attempted_at, :now)"
                    + " where id = any(:ids) and state = 'pending' returning id")
            .bind("now", now)
            .bind("ids", SqlArrays.longs(events, MeterEvent::id))
            .mapTo(Long.class)
            .list());
  }

  /** Stripe has these. What was found out about one meanwhile stays. */
  static int delivered(Handle handle, Collection<MeterEvent> events, Instant now) {
    return handle
        .createUpdate(
            "update meter_event set state = 'delivered', delivered_at = :now, reason = '',"
                + " detail = '' where id = any(:ids) and state = 'pending'")
        .bind("now", now)
        .bind("ids", SqlArrays.longs(events, MeterEvent::id))
        .execute();
  }

  /**
   * A row's next turn.
   *
   * @param attemptedAt since when Stripe may have it, as far as is known by now
   */
  record Later(MeterEvent event, Instant at, Optional<Instant> attemptedAt) {}

  /** These are to be tried again. */
  static void later(Handle handle, Collection<Later> events, String reason, String detail) {
    handle
        .createUpdate(
            "update meter_event e set next_attempt_at = n.at, attempted_at = n.attempted,"
                + " reason = :reason, detail = :detail"
                + " from unnest(:ids, :at, :attempted) as n (id, at, attempted)"
                + " where e.id = n.id and e.state = 'pending'")
        .bind("reason", reason)
        .bind("detail", detail)
        .bind("ids", SqlArrays.longs(events, later -> later.event().id()))
        .bind("at", SqlArrays.instants(events, Later::at))
        .bind("attempted", SqlArrays.optionalInstants(events, Later::attemptedAt))
        .execute();
  }

  /** These are not to be sent any more, for a reason to be shown. */
  static int end(
      Handle handle, Collection<MeterEvent> events, EventState state, String reason, String why) {
    return handle
        .createUpdate(
            "update meter_event set state = :state, reason = :reason, detail = :detail"
                + " where id = any(:ids) and state = 'pending'")
        .bind("state", state.text())
        .bind("reason", reason)
        .bind("detail", why)
        .bind("ids", SqlArrays.longs(events, MeterEvent::id))
        .execute();
  }

  /** A customer's events of windows that ended by then go first. */
  public static void hurry(Handle handle, CustomerId customer, Instant until) {
    handle
        .createUpdate(
            "update meter_event set urgent = true where customer = :customer"
                + " and window_end <= :until and state = 'pending'")
        .bind("customer", customer.value())
        .bind("until", until)
        .execute();
  }

  private static MeterEvent read(ResultSet row) throws SQLException {
    return new MeterEvent(
        row.getLong("id"),
        row.getString("identifier"),
        new CustomerId(row.getString("customer")),
        row.getString("event_name"),
        row.getTimestamp("window_start").toInstant(),
        Aggregation.valueOf(row.getString("aggregation")),
        row.getBigDecimal("value"),
        row.getInt("attempts"),
        Optional.ofNullable(row.getTimestamp("attempted_at")).map(Timestamp::toInstant));
  }
}
