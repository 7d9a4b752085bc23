package io.creditledger.streams.webhook;

import io.creditledger.relay.Database;
import io.creditledger.relay.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL for all tests of this JVM, with a schema for each; it ends with the JVM. */
final class TestPostgres {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  private TestPostgres() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty outbox in a schema of its own. */
  static Database outbox() {
    return outbox(SERVER);
  }

  static Database outbox(EmbeddedPostgres server) {
    return Database.open(
        new DatabaseSettings(
            server.getJdbcUrl("postgres", "postgres"),
            "webhooks_" + SCHEMAS.incrementAndGet(),
            "io/creditledger/streams/webhook/db",
            8));
  }
}
