package io.creditledger.cli.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says that a directory is in use, to this process and to others. The operating system lets go of
 * it when the process ends, however it ends.
 *
 * <p>Both servers have locks of their own, but look at them too late: Kafka's controller has
 * written to the metadata log before its broker finds the directory locked.
 */
final class DirectoryLock implements AutoCloseable {

  private static final String FILE = "in-use";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the directory if it is missing, and gives its one true path: a server is recognised later
   * by the path it was started with, whatever links led there.
   */
  static Path made(Path directory) {
    try {
      return Files.createDirectories(directory).toRealPath();
    } catch (IOException unmade) {
      throw new EmbeddedServerException("cannot make the directory " + directory, unmade);
    }
  }

  /**
   * Takes the directory.
   *
   * @throws EmbeddedServerException if it is in use
   */
  static DirectoryLock take(Path directory, String server) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (locked(channel)) {
      return new DirectoryLock(channel);
    }
    channel.close();
    throw new EmbeddedServerException(
        "%s cannot use %s: another process is using it".formatted(server, directory));
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
