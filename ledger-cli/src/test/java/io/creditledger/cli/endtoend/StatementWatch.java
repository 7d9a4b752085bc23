package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Somebody who reads the statement with SQL, again and again, and would see any row missing. */
final class StatementWatch implements AutoCloseable {

  private final Connection connection;
  private final Map<String, Long> seen = new HashMap<>();

  StatementWatch(String jdbcUrl) {
    try {
      connection = DriverManager.getConnection(jdbcUrl);
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be reached", e);
    }
  }

  /**
   * Looks at all of it, and returns how many entries there are.
   *
   * @throws AssertionError if a customer's entries have a gap, one is there twice, or one is gone
   */
  long look() throws SQLException {
    if (!exists()) {
      return 0;
    }
    Map<String, Long> before = Map.copyOf(seen);
    seen.clear();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select customer, count(*), count(distinct sequence), max(sequence)"
                    + " from statement.entry group by customer")) {
      while (rows.next()) {
        String customer = rows.getString(1);
        long count = rows.getLong(2);
        assertThat(rows.getLong(3)).as("different entries of " + customer).isEqualTo(count);
        assertThat(rows.getLong(4)).as("the last entry of " + customer).isEqualTo(count);
        seen.put(customer, count);
      }
    }
    before.forEach(
        (customer, count) ->
            assertThat(seen.getOrDefault(customer, 0L))
                .as("entries of " + customer)
                .isGreaterThanOrEqualTo(count));
    return seen.values().stream().mapToLong(Long::longValue).sum();
  }

  private boolean exists() throws SQLException {
    return number("select count(*) from pg_views where schemaname = 'statement'") > 0;
  }

  /** Ends every other connection that has written in a transaction under way; how many. */
  long killWriters() throws SQLException {
    return number(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            + " where pid <> pg_backend_pid() and backend_xid is not null");
  }

  /** Changes an entry's row behind the projector's back. */
  void spoilSomeRow() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int spoiled =
          statement.executeUpdate(
              "update statement_tables.entry set credits = credits + 1 where (customer, sequence) in"
                  + " (select customer, sequence from statement_tables.entry"
                  + " where credits is not null limit 1)");
      assertThat(spoiled).isEqualTo(1);
    }
  }

  /** How many entries the condition holds for. */
  long count(String condition) throws SQLException {
    return number("select count(*) from statement.entry where " + condition);
  }

  /** How many entries made, changed or moved the grant. */
  long entriesOfGrant(String customer, String grant) throws SQLException {
    return number(
        "select count(distinct sequence) from statement.movement where customer = '%s' and grant_id = '%s'"
            .formatted(customer, grant));
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not let go", e);
    }
  }
}
