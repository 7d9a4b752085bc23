package io.creditledger.cli.endtoend;

import io.creditledger.cli.LedgerCli;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./ledger up} in a JVM of its own, so that it can be killed as {@code kill -9} would. */
final class UpProcess implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** Of PostgreSQL's file about its process, the line that holds the port. */
  private static final int PORT_LINE = 3;

  private final Path directory;
  private final Process process;
  private final BlockingQueue<String> coming = new LinkedBlockingQueue<>();
  private final List<String> printed = new ArrayList<>();

  private UpProcess(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** Starts it on any free ports, or those of the last run on the same directory. */
  static UpProcess start(Path directory) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LedgerCli.class.getName(),
            "up",
            "--data",
            directory.toString(),
            "--port",
            "0");
    UpProcess up =
        new UpProcess(directory, new ProcessBuilder(command).redirectErrorStream(true).start());
    Thread.startVirtualThread(up::listen);
    return up;
  }

  private void listen() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(coming::add);
    } catch (IOException | UncheckedIOException e) {
      coming.add("its output broke off: " + e.getMessage());
    }
  }

  /** Waits for a line that begins so, and returns the rest of it up to the next space. */
  String await(String beginning, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      for (String line : printed) {
        if (line.strip().startsWith(beginning)) {
          return line.strip().substring(beginning.length()).strip().split(" ", -1)[0];
        }
      }
      String line = coming.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new AssertionError(
            "no line \"" + beginning + "\" in " + limit + ":\n" + String.join("\n", printed));
      }
      printed.add(line);
    }
  }

  URI address(Duration limit) throws InterruptedException {
    return URI.create(await("REST", limit));
  }

  String bootstrapServers(Duration limit) throws InterruptedException {
    return await("Kafka", limit);
  }

  /** The database of its PostgreSQL, which runs by the time that the statement is asked for. */
  String jdbcUrl() throws IOException {
    return "jdbc:postgresql://127.0.0.1:%s/ledger?user=postgres"
        .formatted(Files.readAllLines(processFile().orElseThrow()).get(PORT_LINE).strip());
  }

  private Optional<Path> processFile() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("postgres"))) {
      return files.filter(file -> file.endsWith("postmaster.pid")).findFirst();
    }
  }

  /** Kills it without giving it a chance to tidy up, and returns once it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to stop as Ctrl-C does. */
  void stop() throws InterruptedException {
    // Process.destroy would close its output as well, and with that what it still has to say.
    process.toHandle().destroy();
    await("Stopped.", STOP_LIMIT);
    if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it said that it has stopped, and did not end");
    }
  }

  /** Leaves nothing running, however the test went: PostgreSQL outlives a JVM that was killed. */
  @Override
  public void close() throws IOException {
    if (process.isAlive()) {
      kill();
    }
    Optional<Path> processFile = processFile();
    if (processFile.isPresent()) {
      long pid = Long.parseLong(Files.readAllLines(processFile.get()).get(0).strip());
      ProcessHandle.of(pid)
          .filter(postmaster -> postmaster.info().command().orElse("").endsWith("postgres"))
          .ifPresent(
              postmaster -> {
                postmaster.destroy();
                postmaster.onExit().orTimeout(10, TimeUnit.SECONDS).join();
              });
    }
  }
}
