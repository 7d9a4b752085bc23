package io.creditledger.cli.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.io.FileUtils;

/**
 * Where PostgreSQL's programs are unpacked to, once for each version and shared by every data
 * directory of a user.
 *
 * <p>Unpacking that was cut short would be taken for done: later starts would find half the
 * programs and never recover. So one start at a time holds this, and clears such remains away.
 */
final class PostgresBinaries implements AutoCloseable {

  /** What the unpacker leaves beside the programs when it has finished. */
  private static final String FINISHED = ".exists";

  private final Path directory;
  private final FileChannel lock;

  private PostgresBinaries(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Waits for whoever else is starting a server, and returns with the remains cleared away. */
  static PostgresBinaries hold() throws IOException {
    String folder = "credit-ledger-postgres-" + System.getProperty("user.name");
    return hold(Path.of(System.getProperty("java.io.tmpdir"), folder));
  }

  @SuppressWarnings("LockNotBeforeTry") // a file lock, which goes with its channel
  static PostgresBinaries hold(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock.lock();
    PostgresBinaries binaries = new PostgresBinaries(directory, lock);
    binaries.clearUnfinished();
    return binaries;
  }

  Path directory() {
    return directory;
  }

  private void clearUnfinished() throws IOException {
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(directory, "PG-*")) {
      for (Path version : versions) {
        if (!Files.exists(version.resolve(FINISHED))) {
          FileUtils.deleteDirectory(version.toFile());
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
