package io.creditledger.streams;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP port that a server will listen on later, for whoever has to be told of it before.
 *
 * <p>It comes from below the ports that systems give to outgoing connections (from 32768 on Linux,
 * from 49152 by RFC 6335): one of those may belong to somebody's connection by the time the server
 * listens.
 */
public final class FreePort {

  static final int LOWEST = 20_000;
  static final int COUNT = 12_000;

  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePort() {}

  /**
   * A port on which nothing listens, and not one of those given before in this process while there
   * are others.
   *
   * @throws IllegalStateException if all that are looked at are taken, or the address is not one of
   *     this machine's
   */
  public static int on(InetAddress host) {
    for (int looked = 0; looked < COUNT; looked++) {
      int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(host, port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no port from %d to %d is free on %s"
            .formatted(LOWEST, LOWEST + COUNT - 1, host.getHostAddress()));
  }

  /** A port of the loopback interface; see {@link #on}. */
  public static int onLoopback() {
    return on(InetAddress.getLoopbackAddress());
  }

  /** Whether a server could listen on the port now. */
  public static boolean isFree(InetAddress host, int port) {
    try {
      requireFree(host, port);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /**
   * Returns if a server could listen on the port now.
   *
   * @throws IOException why it could not
   */
  public static void requireFree(InetAddress host, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // Connections of the server before that still linger are in nobody's way.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    }
  }
}
