package io.creditledger.cli.endtoend;

import io.creditledger.stripe.StripeSyncMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** stripe-sync in a JVM of its own, so that it can be killed as {@code kill -9} would. */
final class SyncProcess implements AutoCloseable {

  private final Process process;

  private SyncProcess(Process process) {
    this.process = process;
  }

  /** Starts it with these variables in its environment; what it prints is added to the log. */
  static SyncProcess start(Map<String, String> environment, Path log) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-cp",
                System.getProperty("java.class.path"),
                StripeSyncMain.class.getName()));
    command.environment().putAll(environment);
    command.redirectErrorStream(true);
    command.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
    return new SyncProcess(command.start());
  }

  /** Kills it without giving it a chance to tidy up, and returns once it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
