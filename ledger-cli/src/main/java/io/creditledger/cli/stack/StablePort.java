package io.creditledger.cli.stack;

import io.creditledger.streams.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server's port that stays the same from start to start where it can, so that clients of one run
 * find the next: the port of the last run, or else the usual one, or else any that is free.
 */
final class StablePort {

  private static final int ANY = 0;

  private StablePort() {}

  /**
   * The port to use now, kept in the file for the next time.
   *
   * @param usual 0: any free one is as good
   */
  static int choose(Path file, int usual) {
    int wanted = lastIn(file, usual);
    boolean usable = wanted != ANY && FreePort.isFree(InetAddress.getLoopbackAddress(), wanted);
    int port = usable ? wanted : FreePort.onLoopback();
    try {
      Files.writeString(file, port + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return port;
  }

  private static int lastIn(Path file, int usual) {
    try {
      String text = Files.exists(file) ? Files.readString(file).strip() : "";
      return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : usual;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
