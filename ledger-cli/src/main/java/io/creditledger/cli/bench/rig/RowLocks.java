package io.creditledger.cli.bench.rig;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The ledger that a team would write in PostgreSQL: the customer's row is locked, the usage's id is
 * unique, grants burn in order, and every allocation is a row; one transaction for each usage. Used
 * by one thread.
 */
public final class RowLocks implements AutoCloseable {

  private static final String TABLES =
      """
      CREATE TABLE customers (id text PRIMARY KEY, used bigint NOT NULL DEFAULT 0);
      CREATE TABLE grants (
        customer text NOT NULL, id text NOT NULL, priority int NOT NULL, remaining bigint NOT NULL,
        PRIMARY KEY (customer, id));
      CREATE TABLE usages (
        customer text NOT NULL, id text NOT NULL, micros bigint NOT NULL,
        at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (customer, id));
      CREATE TABLE entries (
        customer text NOT NULL, usage text NOT NULL, "grant" text NOT NULL, micros bigint NOT NULL,
        PRIMARY KEY (customer, usage, "grant"));
      CREATE FUNCTION burn(who text, usage_id text, amount bigint) RETURNS boolean AS $$
      DECLARE
        one record;
        part bigint;
        left_over bigint := amount;
      BEGIN
        PERFORM 1 FROM customers WHERE id = who FOR UPDATE;
        INSERT INTO usages (customer, id, micros) VALUES (who, usage_id, amount)
          ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN RETURN false; END IF;
        FOR one IN SELECT id, remaining FROM grants
            WHERE customer = who AND remaining > 0 ORDER BY priority, id LOOP
          EXIT WHEN left_over = 0;
          part := least(left_over, one.remaining);
          UPDATE grants SET remaining = remaining - part WHERE customer = who AND id = one.id;
          INSERT INTO entries VALUES (who, usage_id, one.id, part);
          left_over := left_over - part;
        END LOOP;
        IF left_over > 0 THEN RAISE EXCEPTION 'not enough'; END IF;
        UPDATE customers SET used = used + amount WHERE id = who;
        RETURN true;
      END $$ LANGUAGE plpgsql
      """;

  private final Connection connection;
  private final PreparedStatement function;
  private final PreparedStatement lock;
  private final PreparedStatement once;
  private final PreparedStatement open;
  private final PreparedStatement burn;
  private final PreparedStatement entry;
  private final PreparedStatement sum;

  private RowLocks(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    function = connection.prepareStatement("SELECT burn(?, ?, ?)");
    lock = connection.prepareStatement("SELECT 1 FROM customers WHERE id = ? FOR UPDATE");
    once =
        connection.prepareStatement(
            "INSERT INTO usages (customer, id, micros) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
    open =
        connection.prepareStatement(
            "SELECT id, remaining FROM grants WHERE customer = ? AND remaining > 0"
                + " ORDER BY priority, id");
    burn =
        connection.prepareStatement(
            "UPDATE grants SET remaining = remaining - ? WHERE customer = ? AND id = ?");
    entry = connection.prepareStatement("INSERT INTO entries VALUES (?, ?, ?, ?)");
    sum = connection.prepareStatement("UPDATE customers SET used = used + ? WHERE id = ?");
  }

  /** Makes the tables, and the customers with their grants, as {@link Grants} has them. */
  public static void prepare(String jdbcUrl, int customers) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(TABLES);
      statement.execute(
          "INSERT INTO customers SELECT 'cus_' || 1000000 + n FROM generate_series(0, %d) n"
              .formatted(customers - 1));
      statement.execute(
          """
          INSERT INTO grants
          SELECT customers.id, 'grant-' || g, 10 + g, CASE g WHEN 2 THEN 1e14 ELSE 15e6 END
          FROM customers, generate_series(0, 2) g\
          """);
      statement.execute("VACUUM ANALYZE");
    }
  }

  /** A connection of its own. */
  public static RowLocks connect(String jdbcUrl) throws SQLException {
    return new RowLocks(DriverManager.getConnection(jdbcUrl));
  }

  /** Burns with one call of a stored function, and commits. */
  public void callFunction(String customer, String usage, long micros) throws SQLException {
    set(function, customer, usage, micros);
    function.executeQuery().close();
    connection.commit();
  }

  /** Burns with a statement for each step, and commits. */
  public void callStatements(String customer, String usage, long micros) throws SQLException {
    set(lock, customer);
    lock.executeQuery().close();
    set(once, customer, usage, micros);
    if (once.executeUpdate() == 1) {
      burnDown(customer, usage, micros);
      set(sum, micros, customer);
      sum.executeUpdate();
    }
    connection.commit();
  }

  private void burnDown(String customer, String usage, long micros) throws SQLException {
    set(open, customer);
    long left = micros;
    try (ResultSet grants = open.executeQuery()) {
      while (left > 0 && grants.next()) {
        String grant = grants.getString(1);
        long part = Math.min(left, grants.getLong(2));
        set(burn, part, customer, grant);
        burn.executeUpdate();
        set(entry, customer, usage, grant, part);
        entry.executeUpdate();
        left -= part;
      }
    }
    if (left > 0) {
      throw new IllegalStateException("a customer has not enough: " + customer);
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
