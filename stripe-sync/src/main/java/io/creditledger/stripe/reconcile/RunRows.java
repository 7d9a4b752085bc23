package io.creditledger.stripe.reconcile;

import io.creditledger.relay.Database;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The rows of comparisons. */
final class RunRows {

  private final Database database;

  RunRows(Database database) {
    this.database = database;
  }

  /**
   * How a comparison ended.
   *
   * @param summary in JSON; empty if it failed
   * @param failure empty if it did not
   */
  record Ended(Instant at, Optional<String> summary, String failure) {}

  /** Begins one that an operator asked for. */
  long begin(Instant now) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "insert into reconcile_run (trigger, started_at)"
                            + " values ('operator', :now) returning id")
                    .bind("now", now)
                    .mapTo(Long.class)
                    .one());
  }

  /**
   * Begins the scheduled one, if its time has come: so long after the last that was started here or
   * by another instance.
   *
   * @param retry after how long one is started again that failed or was cut off
   */
  OptionalLong beginScheduled(Instant now, Duration every, Duration retry) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "insert into reconcile_run (trigger, started_at)"
                            + " select 'schedule', :now where not exists (select 1 from"
                            + " reconcile_run where trigger = 'schedule' and (started_at > :retry"
                            + " or (started_at > :last and summary is not null))) returning id")
                    .bind("now", now)
                    .bind("last", now.minus(every))
                    .bind("retry", now.minus(retry))
                    .mapTo(Long.class)
                    .findOne()
                    .map(OptionalLong::of)
                    .orElseGet(OptionalLong::empty));
  }

  /** Notes how one ended. */
  void end(long run, Ended ended) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "update reconcile_run set finished_at = :now, summary = :summary,"
                            + " failure = :failure where id = :run")
                    .bind("now", ended.at())
                    .bind("summary", ended.summary())
                    .bind("failure", ended.failure())
                    .bind("run", run)
                    .execute());
  }

  /** How the last one ended, if any has. */
  Optional<Ended> last() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select finished_at, summary, failure from reconcile_run"
                            + " where finished_at is not null order by finished_at desc limit 1")
                    .map(
                        (row, context) -> {
                          Timestamp finished = row.getTimestamp("finished_at");
                          return new Ended(
                              finished.toInstant(),
                              Optional.ofNullable(row.getString("summary")),
                              row.getString("failure"));
                        })
                    .findOne());
  }

  /** Forgets those that ended before a time. */
  void forget(Instant before) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate("delete from reconcile_run where started_at < :before")
                    .bind("before", before)
                    .execute());
  }
}
