package io.creditledger.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class EmbeddedPostgresTest {

  @TempDir private Path directory;

  @Test
  void whatWasCommittedIsThereAfterARestartOnAnotherPort() throws Exception {
    // given
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
      write(postgres, "one", "two");
    }

    // when
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {

      // then
      assertThat(query(postgres, "SELECT note FROM notes ORDER BY note"))
          .containsExactly("one", "two");
    }
  }

  @Test
  void whatWasCommittedIsThereAfterAKillThoughTheServerWasLeftRunning() throws Exception {
    // given
    try (ChildJvm child = ChildJvm.start(Writer.class, directory.toString())) {
      child.awaitLine(Writer.WRITTEN);

      // when
      child.kill();
    }
    ProcessHandle abandoned = postmaster();
    assertThat(abandoned.isAlive()).isTrue();

    // then
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
      assertThat(query(postgres, "SELECT note FROM notes ORDER BY note"))
          .containsExactly("before", "the kill");
      assertThat(abandoned.isAlive()).isFalse();
    }
  }

  @Test
  void aProcessFileThatNamesAnotherProcessIsNotInTheWay() throws Exception {
    // given
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
      write(postgres, "kept");
    }
    Path data = directory.resolve("data");
    Files.writeString(
        data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");

    // when
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {

      // then
      assertThat(query(postgres, "SELECT note FROM notes")).containsExactly("kept");
    }
  }

  @Test
  void aFirstStartThatWasCutShortIsBegunAnew() throws Exception {
    // given
    Files.createFile(directory.resolve("initialising"));
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.writeString(data.resolve("postgresql.conf"), "");

    // when
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {

      // then
      assertThat(query(postgres, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void whatItPromisesToKeepItWritesToTheDisk() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {

      assertThat(query(postgres, "SHOW fsync")).containsExactly("on");
      assertThat(query(postgres, "SHOW synchronous_commit")).containsExactly("on");
      assertThat(query(postgres, "SHOW listen_addresses")).containsExactly("127.0.0.1");
      assertThat(query(postgres, "SHOW server_version_num").getFirst()).startsWith("18");
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, Loopback.address())) {

      assertThatThrownBy(() -> EmbeddedPostgres.start(directory, taken.getLocalPort()))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void aDirectoryInUseIsRefused() throws Exception {
    try (EmbeddedPostgres first = EmbeddedPostgres.start(directory)) {

      assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining(directory.toString());
      assertThat(query(first, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void programsThatWereHalfUnpackedAreClearedAway() throws Exception {
    // given
    Path half = Files.createDirectories(directory.resolve("PG-half/bin"));
    Path whole = Files.createDirectories(directory.resolve("PG-whole/bin"));
    Files.createFile(directory.resolve("PG-whole/.exists"));

    // when
    PostgresBinaries.hold(directory).close();

    // then
    assertThat(half).doesNotExist();
    assertThat(whole).exists();
  }

  /** Starts a server from its own JVM, commits two rows, says so, and waits to be killed. */
  static final class Writer {

    static final String WRITTEN = "written";

    public static void main(String[] args) throws Exception {
      EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]));
      write(postgres, "before", "the kill");
      System.out.println(WRITTEN);
      Thread.currentThread().join();
    }
  }

  private ProcessHandle postmaster() throws Exception {
    String pid = Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static void write(EmbeddedPostgres postgres, String... notes) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE notes (note text)");
      for (String note : notes) {
        statement.execute("INSERT INTO notes VALUES ('" + note + "')");
      }
    }
  }

  private static List<String> query(EmbeddedPostgres postgres, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
