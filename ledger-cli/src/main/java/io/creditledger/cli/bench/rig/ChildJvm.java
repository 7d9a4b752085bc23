package io.creditledger.cli.bench.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A main class of ours in a JVM of its own, with this JVM's class path and what this one was told
 * of compiling, collecting and caches. What it prints goes to a file, but for the lines that {@link
 * #awaitLine} reads.
 */
final class ChildJvm implements AutoCloseable {

  /** Switches, numbers, and the cache to start from: no file that two JVMs would write. */
  private static final Pattern SHARED_OPTION =
      Pattern.compile("-XX:([+-]\\w+|\\w+=\\d+|AOT(Cache|Mode)=.+)");

  private final Class<?> main;
  private final Path log;
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Class<?> main, Path log, Process process) {
    this.main = main;
    this.log = log;
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it.
   *
   * @param log where it logs
   * @param heap the JVM's options, such as {@code -Xmx1g}
   * @param environment in addition to this process's own
   */
  static ChildJvm start(
      Class<?> main,
      Path log,
      List<String> heap,
      Map<String, String> environment,
      String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(shared(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(heap);
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dledger.log.to=file");
    command.add("-Dledger.log.file=" + log);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(Path.of(log + ".err").toFile()));
    builder.environment().putAll(environment);
    try {
      return new ChildJvm(main, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("no JVM can be started for " + main.getSimpleName(), e);
    }
  }

  /** Those of a JVM's options that go on to the ones it starts. */
  static List<String> shared(List<String> options) {
    return options.stream().filter(option -> SHARED_OPTION.matcher(option).matches()).toList();
  }

  /**
   * The rest of the first line printed that begins so.
   *
   * @throws IllegalStateException if it ends without
   */
  String awaitLine(String beginning) {
    try {
      String line = output.readLine();
      while (line != null && !line.startsWith(beginning)) {
        line = output.readLine();
      }
      if (line == null) {
        throw new IllegalStateException(
            "%s ended before it was ready; its log is %s".formatted(main.getSimpleName(), log));
      }
      return line.substring(beginning.length());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read from " + main.getSimpleName(), e);
    }
  }

  /** Kills it without giving it a chance to tidy up, and returns once it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Whether it still runs. */
  boolean alive() {
    return process.isAlive();
  }

  /** Asks it to stop, and returns once it has. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
