package io.creditledger.stripe.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * An event that Stripe is to cancel.
 *
 * @param event its row's id
 * @param attempts so far
 * @param generation how often Stripe failed at it: part of the idempotency key, since Stripe gives
 *     a failure again to the same key
 * @param deliveredAt when Stripe had the event at last
 */
record Cancellation(
    long event,
    String identifier,
    String eventName,
    int attempts,
    int generation,
    Instant deliveredAt) {

  /**
   * Stripe counts an event within minutes of receiving it; only after that does it mean anything
   * that it does not know one.
   */
  private static final Duration COUNTED_AFTER = Duration.ofMinutes(15);

  /** Whether Stripe must know the event by now if it counts it. */
  boolean isCountedBy(Instant now) {
    return now.isAfter(deliveredAt.plus(COUNTED_AFTER));
  }

  /** The same in each try until Stripe has answered with a failure. */
  String idempotencyKey() {
    return "cancel-" + identifier + "-" + generation;
  }

  /** Those of some lanes that are due, the longest due first. */
  static List<Cancellation> ready(Handle handle, Lanes lanes, Instant now, int most) {
    return handle
        .createQuery(
            "select c.event, e.identifier, e.event_name, c.attempts, c.generation, e.delivered_at"
                + " from meter_cancel c join meter_event e on e.id = c.event"
                + " where c.state = 'pending' and c.next_attempt_at <= :now"
                + " and c.lane % :step = :first order by c.next_attempt_at limit :most")
        .bind("now", now)
        .bind("first", lanes.first())
        .bind("step", lanes.step())
        .bind("most", most)
        .map((row, context) -> read(row))
        .list();
  }

  private static Cancellation read(ResultSet row) throws SQLException {
    return new Cancellation(
        row.getLong("event"),
        row.getString("identifier"),
        row.getString("event_name"),
        row.getInt("attempts"),
        row.getInt("generation"),
        row.getTimestamp("delivered_at").toInstant());
  }

  /** Stripe does not count the event any more. */
  void done(Handle transaction) {
    end(transaction, "done", "", "");
    event(transaction, EventState.CANCELLED);
  }

  /** Stripe goes on counting the event. */
  void refused(Handle transaction, String reason, String detail) {
    end(transaction, "refused", reason, detail);
    event(transaction, EventState.DELIVERED);
  }

  private void end(Handle transaction, String state, String reason, String detail) {
    transaction
        .createUpdate(
            "update meter_cancel set state = :state, attempts = attempts + 1, reason = :reason,"
                + " detail = :detail where event = :event and state = 'pending'")
        .bind("state", state)
        .bind("reason", reason)
        .bind("detail", detail)
        .bind("event", event)
        .execute();
  }

  private void event(Handle transaction, EventState state) {
    transaction
        .createUpdate(
            "update meter_event set state = :state where id = :event and state = 'cancelling'")
        .bind("state", state.text())
        .bind("event", event)
        .execute();
  }

  /** It is to be tried again, as that generation. */
  void later(Handle transaction, Instant at, int nextGeneration, String reason, String detail) {
    transaction
        .createUpdate(
            "update meter_cancel set attempts = attempts + 1, generation = :generation,"
                + " next_attempt_at = :at, reason = :reason, detail = :detail"
                + " where event = :event and state = 'pending'")
        .bind("generation", nextGeneration)
        .bind("at", at)
        .bind("reason", reason)
        .bind("detail", detail)
        .bind("event", event)
        .execute();
  }
}
