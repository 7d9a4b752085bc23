package io.creditledger.stripe.usage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.relay.Database;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What became of one usage on its way to Stripe: {@code GET /v1/usage?customer=&usage=}, of a
 * settled reservation by the reservation's id.
 */
final class UsageRoutes {

  private final Database database;

  UsageRoutes(Database database) {
    this.database = database;
  }

  void addTo(HttpRouting.Builder routing) {
    routing.get("/v1/usage", this::show);
  }

  private void show(ServerRequest request, ServerResponse response) {
    ObjectNode body;
    try {
      UsageLine.Key key =
          new UsageLine.Key(
              new CustomerId(request.query().first("customer").orElse("")),
              new EventId(request.query().first("usage").orElse("")));
      body = database.jdbi().inTransaction(handle -> told(handle, key));
    } catch (IllegalArgumentException wrong) {
      response
          .status(Status.BAD_REQUEST_400)
          .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
          .send(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("code", "INVALID_VALUE")
                  .put("detail", wrong.getMessage())
                  .put("remedy", "give the customer and the usage's id")
                  .toString());
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/json").send(body.toString());
  }

  private static ObjectNode told(Handle handle, UsageLine.Key key) {
    ObjectNode told =
        JsonNodeFactory.instance
            .objectNode()
            .put("customer", key.customer().value())
            .put("usage", key.usage().value());
    Optional<UsageLine> line = Optional.ofNullable(UsageLines.find(handle, List.of(key)).get(key));
    if (line.isEmpty()) {
      return told.put("state", "not_counted");
    }
    MeterWindow window = line.get().window();
    told.put("meter", window.eventName())
        .put("window_start", window.start().toString())
        .put("window_end", window.end().toString())
        .put("basis", line.get().basis().text())
        .put("counts", line.get().counted().stripTrailingZeros().toPlainString());
    Optional<WindowRows.Row> row = WindowRows.find(handle, window);
    ArrayNode events = told.putArray("events");
    handle
        .createQuery(
            "select * from meter_event where customer = :customer and event_name = :eventName"
                + " and window_start = :start order by id")
        .bind("customer", window.customer().value())
        .bind("eventName", window.eventName())
        .bind("start", window.start())
        .map((found, context) -> event(found))
        .forEach(events::add);
    row.ifPresent(
        one ->
            told.put("window_total", one.total().stripTrailingZeros().toPlainString())
                .put("window_sent", one.cut().stripTrailingZeros().toPlainString())
                .put("revision", one.revision()));
    boolean waits = row.filter(one -> one.total().compareTo(one.cut()) != 0).isPresent();
    return told.put("state", waits || events.isEmpty() ? "waiting" : "in_events");
  }

  private static ObjectNode event(ResultSet row) throws SQLException {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", row.getLong("id"))
        .put("identifier", row.getString("identifier"))
        .put("revision", row.getInt("revision"))
        .put("value", row.getBigDecimal("value").stripTrailingZeros().toPlainString())
        .put("state", row.getString("state"))
        .put("reason", row.getString("reason"))
        .put("detail", row.getString("detail"))
        .put("delivered_at", text(row.getTimestamp("delivered_at")));
  }

  private static String text(Timestamp time) {
    return time == null ? "" : time.toInstant().toString();
  }
}
