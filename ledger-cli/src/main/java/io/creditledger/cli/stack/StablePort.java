package io.creditledger.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server's port that stays the same from start to start where it can, so that clients of one run
 * find the next: the port of the last run, or else the usual one, or else any that is free.
 */
public final class StablePort {

  private static final int ANY = 0;

  private StablePort() {}

  /**
   * The port to use now, kept in the file for the next time.
   *
   * @param usual 0: any free one is as good
   */
  static int choose(Path file, int usual) {
    int wanted = lastIn(file, usual);
    int port = wanted != ANY && free(wanted) ? wanted : any();
    try {
      Files.writeString(file, port + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return port;
  }

  /** Whether nothing listens on the port of the loopback interface. */
  public static boolean free(int port) {
    try (ServerSocket socket = bound(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static int any() {
    try (ServerSocket socket = bound(ANY)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    return socket;
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
