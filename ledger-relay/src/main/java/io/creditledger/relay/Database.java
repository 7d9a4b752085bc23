package io.creditledger.relay;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's own schema in PostgreSQL, migrated, behind a pool. Safe for several threads. */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** The relays' offsets; before every service's own migrations. */
  private static final String RELAY_MIGRATIONS = "classpath:io/creditledger/relay/db";

  private static final Backoff RETRY = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Connects and brings the schema up to date.
   *
   * @throws DatabaseException if PostgreSQL cannot be reached or a migration fails
   */
  public static Database open(DatabaseSettings settings) {
    HikariDataSource pool = new HikariDataSource(pooled(settings));
    try {
      Flyway.configure()
          .dataSource(pool)
          .schemas(settings.schema())
          .locations(RELAY_MIGRATIONS, "classpath:" + settings.migrations())
          // Each part of a service numbers its migrations in a range of its own.
          .outOfOrder(true)
          .load()
          .migrate();
      return new Database(pool);
    } catch (FlywayException failed) {
      pool.close();
      throw new DatabaseException(
          "PostgreSQL cannot be used for schema " + settings.schema() + ": " + failed.getMessage(),
          failed);
    }
  }

  /**
   * The same, tried again until it succeeds: a service that starts before its database waits.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public static Database await(DatabaseSettings settings) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return open(settings);
      } catch (DatabaseException unreachable) {
        LOG.warn("the database is not there yet: {}", unreachable.getMessage());
        Duration wait = RETRY.after(failures, ThreadLocalRandom.current().nextDouble());
        TimeUnit.MILLISECONDS.sleep(wait.toMillis());
      }
    }
  }

  private static HikariConfig pooled(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.jdbcUrl());
    config.setSchema(settings.schema());
    config.setMaximumPoolSize(settings.connections());
    config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
    // An unreachable server is told of by the first statement, not by a pool that won't be made.
    config.setInitializationFailTimeout(-1);
    config.setPoolName("postgres-" + settings.schema());
    return config;
  }

  /** Statements in the schema. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** Closes the pool. */
  @Override
  public void close() {
    pool.close();
  }
}
