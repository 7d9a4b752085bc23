package io.creditledger.streams.projection;

import io.creditledger.relay.Database;
import io.creditledger.relay.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One PostgreSQL for all tests of this JVM, with schemas for each; it ends with the JVM. */
final class TestStatement implements AutoCloseable {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  final Face face = new Face("statement_" + SCHEMAS.incrementAndGet());
  final Database database = open(face.tables());
  final EntryTable entries = new EntryTable(database.jdbi());
  final UsageTable usage = new UsageTable(database.jdbi());

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another schema of the same server, with the statement's tables. */
  static Database open(String schema) {
    return Database.open(
        new DatabaseSettings(
            SERVER.getJdbcUrl("postgres", "postgres"),
            schema,
            "io/creditledger/streams/projection/db",
            4));
  }

  /** Where the server is. */
  static String url() {
    return SERVER.getJdbcUrl("postgres", "postgres");
  }

  void project(List<ConsumerRecord<byte[], byte[]>> records) {
    database.jdbi().useTransaction(it -> new EntryProjector().write(it, records));
  }

  /** The rows of a query, each as its columns joined by a space. */
  List<String> rows(String sql) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .map(
                        (row, context) -> {
                          StringBuilder text = new StringBuilder();
                          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            text.append(i == 1 ? "" : " ").append(row.getString(i));
                          }
                          return text.toString();
                        })
                    .list());
  }

  @Override
  public void close() {
    database.close();
  }
}
