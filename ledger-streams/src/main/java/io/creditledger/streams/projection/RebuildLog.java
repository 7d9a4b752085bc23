package io.creditledger.streams.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** What is known of rebuilds, in the database, so that every instance can tell of each. */
final class RebuildLog {

  private static final String LOST_AFTER = "interval '30 seconds'";

  private final Jdbi jdbi;
  private final String table;

  RebuildLog(Jdbi jdbi, Face face) {
    this.jdbi = jdbi;
    this.table = face.rebuilds();
  }

  /** Makes the table. */
  static void create(Handle transaction, String table) {
    transaction.execute(
        "create table if not exists "
            + table
            + " (id bigint generated always as identity primary key, state text not null,"
            + " began_at timestamptz not null default now(), told_at timestamptz not null default"
            + " now(), ended_at timestamptz, entries bigint not null default 0, behind bigint not"
            + " null default 0, detail text not null default '')");
  }

  /** A rebuild begins; its number. */
  long begin() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("insert into " + table + " (state) values ('running') returning id")
                .mapTo(Long.class)
                .one());
  }

  /** It goes on. */
  void tell(long id, long behind, String detail) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update "
                        + table
                        + " set told_at = now(), behind = :behind, detail = :detail where id = :id")
                .bind("behind", behind)
                .bind("detail", detail)
                .bind("id", id)
                .execute());
  }

  /** It has ended. */
  void end(long id, RebuildState state, long entries, String detail) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update "
                        + table
                        + " set state = :state, told_at = now(), ended_at = now(), behind = 0,"
                        + " entries = :entries, detail = :detail where id = :id")
                .bind("state", state.wireName())
                .bind("entries", entries)
                .bind("detail", detail)
                .bind("id", id)
                .execute());
  }

  /** The last one that was begun. */
  Optional<RebuildStatus> last() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select case when state = 'running' and told_at < now() - "
                        + LOST_AFTER
                        + " then 'lost' else state end as state, began_at, ended_at, entries,"
                        + " behind, detail from "
                        + table
                        + " order by id desc limit 1")
                .map(RebuildLog::status)
                .findOne());
  }

  private static RebuildStatus status(ResultSet row, StatementContext context) throws SQLException {
    return new RebuildStatus(
        RebuildState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getTimestamp("began_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("ended_at")).map(at -> at.toInstant()),
        row.getLong("entries"),
        row.getLong("behind"),
        row.getString("detail"));
  }
}
