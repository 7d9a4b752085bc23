package io.creditledger.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The log of a process that keeps a data directory: it stands there, beside the data. */
public final class LogFile {

  private static final String NAME = "ledger.log";

  private LogFile() {}

  /**
   * Has everything logged from now on written to a file in the directory, and returns the file. To
   * be called before anything is logged: what was logged before stays where it went.
   */
  public static Path in(Path directory) {
    try {
      Path file = Files.createDirectories(directory).toRealPath().resolve(NAME);
      System.setProperty("ledger.log.file", file.toString());
      System.setProperty("ledger.log.to", "file");
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + directory, e);
    }
  }
}
