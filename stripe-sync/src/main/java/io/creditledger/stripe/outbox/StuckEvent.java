package io.creditledger.stripe.outbox;

import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.SqlArrays;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * An event that goes no further by itself: parked, or of unknown outcome.
 *
 * @param id of its row, by which it is resent or confirmed
 * @param reason Stripe's code, or one of ours where Stripe was not asked
 */
public record StuckEvent(
    long id,
    String identifier,
    CustomerId customer,
    String eventName,
    Instant windowStart,
    BigDecimal value,
    EventState state,
    String reason,
    String detail) {

  private static final String STUCK = "state in ('parked', 'unknown')";

  /** Those there are, the newest first. */
  public static List<StuckEvent> list(Handle handle, int most) {
    return handle
        .createQuery("select * from meter_event where " + STUCK + " order by id desc limit :most")
        .bind("most", most)
        .map(
            (row, context) ->
                new StuckEvent(
                    row.getLong("id"),
                    row.getString("identifier"),
                    new CustomerId(row.getString("customer")),
                    row.getString("event_name"),
                    row.getTimestamp("window_start").toInstant(),
                    row.getBigDecimal("value"),
                    EventState.of(row.getString("state")),
                    row.getString("reason"),
                    row.getString("detail")))
        .list();
  }

  /** The ids of those that were parked for a reason; of all that were parked, without one. */
  public static List<Long> parked(Handle handle, Optional<String> reason) {
    return handle
        .createQuery(
            "select id from meter_event where state = 'parked'"
                + " and reason = coalesce(:reason, reason) order by id")
        .bind("reason", reason)
        .mapTo(Long.class)
        .list();
  }

  /**
   * Sends the usage of stuck events again, as new events with identifiers of their own. Of an event
   * of unknown outcome whoever asks for it has made sure that Stripe does not count it.
   *
   * @param events ids; those that are not stuck are left alone
   * @return the identifiers of those that others stand for from now on
   */
  public static List<String> resend(Handle transaction, Recount recount, Collection<Long> events) {
    return end(transaction, recount, events, EventState.WITHDRAWN);
  }

  /** Takes it from whoever asks that Stripe counts these events; the identifiers of the stuck. */
  public static List<String> confirm(Handle transaction, Recount recount, Collection<Long> events) {
    return end(transaction, recount, events, EventState.DELIVERED);
  }

  private static List<String> end(
      Handle transaction, Recount recount, Collection<Long> events, EventState state) {
    List<String> ended = new ArrayList<>();
    recount.after(
        transaction,
        events,
        () ->
            ended.addAll(
                transaction
                    .createQuery(
                        "update meter_event set state = :state, delivered_at ="
                            + " case when :state = 'delivered' then attempted_at end"
                            + " where id = any(:ids) and "
                            + STUCK
                            + " returning identifier")
                    .bind("state", state.text())
                    .bind("ids", SqlArrays.longs(events, id -> id))
                    .mapTo(String.class)
                    .list()));
    return ended;
  }
}
