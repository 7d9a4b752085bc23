package io.creditledger.stripe.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.webhook.ReadingPositions.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How Stripe's events come in, for whoever asks. */
public final class InboxStatus {

  private static final int SHOWN = 50;

  private static final String COUNTS =
      """
      select (select max(received_at) from stripe_event where origin = 'webhook') as last_webhook,
             (select count(*) from stripe_event where state = 'waiting') as waiting,
             (select min(received_at) from stripe_event where state = 'waiting') as oldest_waiting,
             (select count(*) from stripe_event where state = 'parked') as parked,
             (select count(*) from stripe_event where origin = 'catch_up') as caught_up
      """;

  private InboxStatus() {}

  /** Adds the last webhook, what waits, how far the lists were read, and what was parked. */
  public static void add(Handle handle, ObjectNode part) {
    handle
        .createQuery(COUNTS)
        .map(
            (row, context) ->
                part.put("last_webhook", text(row, "last_webhook"))
                    .put("waiting", row.getLong("waiting"))
                    .put("oldest_waiting", text(row, "oldest_waiting"))
                    .put("parked", row.getLong("parked"))
                    .put("found_in_lists", row.getLong("caught_up")))
        .one();
    for (Position position : ReadingPositions.all(handle)) {
      part.put(position.list() + "_list_read_at", position.lookedAt().toString());
      part.put(
          position.list() + "_list_read_until",
          position.readUntil().equals(Instant.EPOCH) ? "" : position.readUntil().toString());
    }
    ArrayNode stuck = part.putArray("parked_or_retried_events");
    handle
        .createQuery(
            "select id, type, object_id, state, received_at, note from stripe_event"
                + " where state = 'parked' or (state = 'waiting' and attempts > 1)"
                + " order by seq desc limit :shown")
        .bind("shown", SHOWN)
        .map(
            (row, context) ->
                stuck
                    .addObject()
                    .put("id", row.getString("id"))
                    .put("type", row.getString("type"))
                    .put("object", row.getString("object_id"))
                    .put("state", row.getString("state"))
                    .put("since", text(row, "received_at"))
                    .put("why", row.getString("note")))
        .list();
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column))
        .map(Timestamp::toInstant)
        .map(Instant::toString)
        .orElse("");
  }
}
