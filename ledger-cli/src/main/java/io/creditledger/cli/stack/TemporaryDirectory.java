package io.creditledger.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** A directory that is deleted when it is no longer needed, unless it is to be kept. */
public final class TemporaryDirectory implements AutoCloseable {

  private final Path path;
  private boolean kept;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  /** Makes one whose name begins with that of its purpose. */
  public static TemporaryDirectory of(String purpose) {
    try {
      return new TemporaryDirectory(
          Files.createTempDirectory("credit-ledger-" + purpose + "-").toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory", e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Has it stay where it is. */
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try {
      FileUtils.deleteDirectory(path.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }
}
