package io.creditledger.stripe.usage;

import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.relay.SqlArrays;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of single usages. */
final class UsageLines {

  private static final String COLUMNS =
      "customer, usage, event_name, window_start, window_end, occurred_at, basis, quantity,"
          + " credits, overage, reversed, cancelled, recorded_at";

  private UsageLines() {}

  /** Writes lines, new or changed; an id that was used again after it was forgotten is replaced. */
  static void put(Handle handle, Collection<UsageLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            "insert into usage_line ("
                + COLUMNS
                + ") select * from unnest(:customers, :usages, :eventNames, :starts, :ends,"
                + " :occurred, :bases, :quantities, :credits, :overages, :reversed, :cancelled,"
                + " :recorded)"
                + " on conflict (customer, usage) do update set event_name = excluded.event_name,"
                + " window_start = excluded.window_start, window_end = excluded.window_end,"
                + " occurred_at = excluded.occurred_at, basis = excluded.basis,"
                + " quantity = excluded.quantity, credits = excluded.credits,"
                + " overage = excluded.overage, reversed = excluded.reversed,"
                + " cancelled = excluded.cancelled, recorded_at = excluded.recorded_at")
        .bind("customers", SqlArrays.texts(lines, line -> line.window().customer().value()))
        .bind("usages", SqlArrays.texts(lines, line -> line.usage().value()))
        .bind("eventNames", SqlArrays.texts(lines, line -> line.window().eventName()))
        .bind("starts", SqlArrays.instants(lines, line -> line.window().start()))
        .bind("ends", SqlArrays.instants(lines, line -> line.window().end()))
        .bind("occurred", SqlArrays.instants(lines, UsageLine::occurredAt))
        .bind("bases", SqlArrays.texts(lines, line -> line.basis().text()))
        .bind(
            "quantities",
            SqlArrays.optionalDecimals(lines, line -> line.quantity().map(Quantity::value)))
        .bind("credits", SqlArrays.longs(lines, line -> line.credits().micros()))
        .bind("overages", SqlArrays.longs(lines, line -> line.overage().micros()))
        .bind("reversed", SqlArrays.longs(lines, line -> line.reversed().micros()))
        .bind("cancelled", SqlArrays.longs(lines, line -> line.cancelled().micros()))
        .bind("recorded", SqlArrays.instants(lines, UsageLine::recordedAt))
        .execute();
  }

  /** The lines of these usages, as far as they were sent. */
  static Map<UsageLine.Key, UsageLine> find(Handle handle, List<UsageLine.Key> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<UsageLine.Key, UsageLine> found = new HashMap<>();
    handle
        .createQuery(
            "select "
                + COLUMNS
                + " from usage_line"
                + " where (customer, usage) in (select * from unnest(:customers, :usages))")
        .bind("customers", SqlArrays.texts(keys, key -> key.customer().value()))
        .bind("usages", SqlArrays.texts(keys, key -> key.usage().value()))
        .map((row, context) -> read(row))
        .forEach(line -> found.put(line.key(), line));
    return found;
  }

  /** The lines of one window. */
  static List<UsageLine> of(Handle handle, MeterWindow window) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + " from usage_line where customer = :customer and event_name = :eventName"
                + " and window_start = :start and window_end = :end")
        .bind("customer", window.customer().value())
        .bind("eventName", window.eventName())
        .bind("start", window.start())
        .bind("end", window.end())
        .map((row, context) -> read(row))
        .list();
  }

  /** Forgets lines recorded before a time, some at a time; how many it forgot. */
  static int forget(Handle handle, Instant before, int most) {
    return handle
        .createUpdate(
            "delete from usage_line where ctid = any(array("
                + "select ctid from usage_line where recorded_at < :before limit :most))")
        .bind("before", before)
        .bind("most", most)
        .execute();
  }

  private static UsageLine read(ResultSet row) throws SQLException {
    Optional<BigDecimal> quantity = Optional.ofNullable(row.getBigDecimal("quantity"));
    return new UsageLine(
        new EventId(row.getString("usage")),
        WindowRows.window(row),
        row.getTimestamp("occurred_at").toInstant(),
        Basis.parse(row.getString("basis")),
        quantity.map(Quantity::new),
        Credits.ofMicros(row.getLong("credits")),
        Credits.ofMicros(row.getLong("overage")),
        Credits.ofMicros(row.getLong("reversed")),
        Credits.ofMicros(row.getLong("cancelled")),
        row.getTimestamp("recorded_at").toInstant());
  }
}
