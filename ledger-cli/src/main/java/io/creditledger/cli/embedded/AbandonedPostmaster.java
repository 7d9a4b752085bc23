package io.creditledger.cli.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The server that a killed JVM leaves behind. PostgreSQL is a process of its own, outlives its
 * parent, and holds the data directory and the port; the next start would fail, or worse, talk to
 * it unawares.
 *
 * <p>The caller must hold the lock of the directory: then whatever server runs there is abandoned.
 */
final class AbandonedPostmaster {

  private static final int STOP_SECONDS = 30;

  private AbandonedPostmaster() {}

  /**
   * Stops the server that runs in the data directory, if there is one, and returns once it is gone.
   * A process file that names some other process, as after a reboot, is removed.
   */
  static void stop(Path data) throws IOException {
    Path processFile = data.resolve("postmaster.pid");
    if (!Files.exists(processFile)) {
      return;
    }
    Optional<ProcessHandle> process = process(processFile);
    if (process.filter(running -> servesFrom(running, data)).isPresent()) {
      stop(process.get(), data);
    } else if (process.isPresent() || isUnreadable(processFile)) {
      // PostgreSQL would take that process for its own and refuse to start.
      Files.delete(processFile);
    }
  }

  private static boolean servesFrom(ProcessHandle process, Path data) {
    String command = process.info().command().orElse("");
    // Some systems tell no arguments of other processes; the name must do there.
    boolean named = command.endsWith("postgres");
    return named
        && process
            .info()
            .arguments()
            .map(arguments -> List.of(arguments).contains(data.toString()))
            .orElse(true);
  }

  private static Optional<ProcessHandle> process(Path processFile) throws IOException {
    return pid(processFile).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
  }

  private static boolean isUnreadable(Path processFile) throws IOException {
    return pid(processFile).isEmpty();
  }

  /** The first line of the file. A server that died while it wrote the file leaves none. */
  private static Optional<Long> pid(Path processFile) throws IOException {
    return Files.readAllLines(processFile).stream()
        .findFirst()
        .map(String::trim)
        .filter(line -> line.matches("[0-9]{1,18}"))
        .map(Long::valueOf);
  }

  /** Asks for the fast shutdown, which ends sessions and writes a checkpoint. */
  private static void stop(ProcessHandle postmaster, Path data) throws IOException {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid())).start().waitFor();
      postmaster.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException stillThere) {
      throw new EmbeddedServerException(
          "PostgreSQL (process %d) still runs in %s and does not stop"
              .formatted(postmaster.pid(), data),
          stillThere);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted while PostgreSQL stopped", interrupted);
    }
  }
}
