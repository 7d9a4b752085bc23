package io.creditledger.cli.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.commons.io.FileUtils;

/**
 * One PostgreSQL server, a child of this JVM.
 *
 * <p>The directory is initialised on the first start and used again on every later one. Commits are
 * durable as in any PostgreSQL: {@code fsync} and {@code synchronous_commit} are on. A {@code kill
 * -9} of this JVM leaves the server running; the next start in the same directory stops it first.
 *
 * <p>It registers no shutdown hook: who starts it closes it, after its clients. The server's own
 * log is the file {@code server.log} in the directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  /** Stands for any port that is free at the start; it may differ from start to start. */
  public static final int FREE_PORT = Loopback.FREE_PORT;

  private static final String DATABASE = "ledger";
  private static final String USER = "postgres";

  /** Long enough for a server that replays its log after a kill. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final DirectoryLock lock;
  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;

  private EmbeddedPostgres(
      DirectoryLock lock, io.zonky.test.db.postgres.embedded.EmbeddedPostgres server) {
    this.lock = lock;
    this.server = server;
  }

  /** Starts on any free port; see {@link #start(Path, int)}. */
  public static EmbeddedPostgres start(Path directory) {
    return start(directory, FREE_PORT);
  }

  /**
   * Starts a server that keeps its data in the directory, and returns once it answers.
   *
   * @param directory made if it is missing; one server at a time may use it
   * @param port the loopback port clients connect to, or {@link #FREE_PORT}
   * @throws EmbeddedServerException if the port is taken, the directory is in use or cannot be
   *     written, or the server does not come up
   */
  public static EmbeddedPostgres start(Path directory, int port) {
    Path home = DirectoryLock.made(directory);
    try {
      DirectoryLock lock = DirectoryLock.take(home, "PostgreSQL");
      try {
        return started(lock, home, port);
      } catch (Exception failed) {
        try (lock) {
          // It may have been too slow rather than dead.
          AbandonedPostmaster.stop(data(home));
        }
        throw failed;
      }
    } catch (EmbeddedServerException refused) {
      throw refused;
    } catch (Exception broken) {
      throw new EmbeddedServerException(
          "PostgreSQL did not start in %s: %s; its log is %s"
              .formatted(home, broken.getMessage(), log(home)),
          broken);
    }
  }

  /** The address of the ledger's database, with the user in it; no password is asked for. */
  public String jdbcUrl() {
    return jdbcUrl(server.getPort(), DATABASE);
  }

  /** Stops the server and returns once its directory is free for the next. */
  @Override
  public void close() {
    try (lock) {
      server.close();
    } catch (IOException unstopped) {
      throw new EmbeddedServerException("PostgreSQL did not stop", unstopped);
    }
  }

  private static EmbeddedPostgres started(DirectoryLock lock, Path home, int port)
      throws IOException, SQLException {
    Path data = data(home);
    // There from before the first start until it has succeeded; till then no data can be lost.
    Path unborn = home.resolve("initialising");
    AbandonedPostmaster.stop(data);
    if (Files.exists(unborn)) {
      FileUtils.deleteDirectory(data.toFile());
    } else if (!Files.exists(data)) {
      Files.createFile(unborn);
    }
    EmbeddedPostgres postgres =
        new EmbeddedPostgres(lock, server(home, data, Loopback.claim(port, "PostgreSQL")));
    try {
      postgres.createDatabase(data);
      Files.deleteIfExists(unborn);
      return postgres;
    } catch (IOException | SQLException | RuntimeException failed) {
      postgres.close();
      throw failed;
    }
  }

  private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres server(
      Path home, Path data, int port) throws IOException {
    ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(log(home).toFile());
    try (PostgresBinaries binaries = PostgresBinaries.hold()) {
      return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
          .setOverrideWorkingDirectory(binaries.directory().toFile())
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setPGStartupWait(START_LIMIT)
          .setPort(port)
          .setOutputRedirector(log)
          .setErrorRedirector(log)
          // The same order of text on every machine, whatever its environment says.
          .setLocaleConfig("locale", "C")
          .setServerConfig("listen_addresses", Loopback.ADDRESS)
          .setServerConfig("unix_socket_directories", "")
          // The library trades these for speed, which suits data that is thrown away.
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .start();
    }
  }

  /** Makes the ledger's database if it is not there, on the server that is surely ours. */
  private void createDatabase(Path data) throws IOException, SQLException {
    try (Connection connection =
            DriverManager.getConnection(jdbcUrl(server.getPort(), "postgres"));
        Statement statement = connection.createStatement()) {
      Path answering = Path.of(text(statement, "SHOW data_directory"));
      if (!Files.isSameFile(answering, data)) {
        throw new EmbeddedServerException(
            "another PostgreSQL, of %s, answers on port %d".formatted(answering, server.getPort()));
      }
      String existing =
          text(statement, "SELECT count(*) FROM pg_database WHERE datname = '" + DATABASE + "'");
      if (existing.equals("0")) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://%s:%d/%s?user=%s".formatted(Loopback.ADDRESS, port, database, USER);
  }

  private static Path data(Path home) {
    return home.resolve("data");
  }

  private static Path log(Path home) {
    return home.resolve("server.log");
  }
}
