package io.creditledger.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says that a ledger runs on a data directory, and which process it is. The operating system lets
 * go of it when the process ends, however it ends.
 */
final class StackLock implements AutoCloseable {

  private static final String NAME = "ledger.lock";

  private final FileChannel channel;

  private StackLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the directory, made if it is missing.
   *
   * @throws StackException if a ledger runs on it
   */
  static StackLock take(Path directory) {
    Path file = directory.resolve(NAME);
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        String holder = Files.readString(file).strip();
        channel.close();
        throw new StackException(
            "a ledger runs on "
                + directory
                + " already"
                + (holder.isEmpty() ? "" : " (process " + holder + ")")
                + ": stop it, or use another directory with --data");
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
      return new StackLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file, e);
    }
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
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the data directory stays locked", e);
    }
  }
}
