package io.creditledger.stripe.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of how far Stripe's lists of events have been read. */
final class ReadingPositions {

  private ReadingPositions() {}

  /**
   * How far a list has been read.
   *
   * @param begunAt the newest event there was when it was read for the first time
   * @param readUntil the newest event there was when it was read last; both in Stripe's time
   * @param lookedAt when it was read last, by this machine's clock
   */
  record Position(String list, Instant begunAt, Instant readUntil, Instant lookedAt) {

    /** From when on to read next, with some of what was read before. */
    Instant from(Duration overlap) {
      Instant again = readUntil.minus(overlap);
      return again.isBefore(begunAt) ? begunAt : again;
    }
  }

  static Optional<Position> find(Handle handle, EventList list) {
    return handle
        .createQuery("select * from catch_up where list = :list")
        .bind("list", name(list))
        .map((row, context) -> position(row))
        .findOne();
  }

  static List<Position> all(Handle handle) {
    return handle
        .createQuery("select * from catch_up order by list")
        .map((row, context) -> position(row))
        .list();
  }

  static void keep(Handle handle, EventList list, Instant readUntil, Instant now) {
    handle
        .createUpdate(
            "insert into catch_up (list, read_until, begun_at, looked_at)"
                + " values (:list, :until, :until, :now) on conflict (list) do update set"
                + " read_until = greatest(catch_up.read_until, :until), looked_at = :now")
        .bind("list", name(list))
        .bind("until", readUntil)
        .bind("now", now)
        .execute();
  }

  private static Position position(ResultSet row) throws SQLException {
    return new Position(
        row.getString("list"),
        row.getTimestamp("begun_at").toInstant(),
        row.getTimestamp("read_until").toInstant(),
        row.getTimestamp("looked_at").toInstant());
  }

  private static String name(EventList list) {
    return list.name().toLowerCase(Locale.ROOT);
  }
}
