package io.creditledger.cli.embedded;

import io.creditledger.streams.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Ports of the loopback interface: the embedded servers listen nowhere else. */
final class Loopback {

  static final String ADDRESS = "127.0.0.1";

  /** Stands for any port that is free when the server starts. */
  static final int FREE_PORT = 0;

  private Loopback() {}

  /**
   * The port a server shall listen on: the one wanted, or a free one for {@link #FREE_PORT}.
   *
   * @throws EmbeddedServerException if something else listens on the wanted port
   */
  static int claim(int wanted, String server) {
    if (wanted == FREE_PORT) {
      return FreePort.on(address());
    }
    try {
      FreePort.requireFree(address(), wanted);
      return wanted;
    } catch (IOException taken) {
      throw new EmbeddedServerException(
          "%s cannot listen on %s:%d: %s".formatted(server, ADDRESS, wanted, taken.getMessage()),
          taken);
    }
  }

  static InetAddress address() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException neverOfFourBytes) {
      throw new IllegalStateException(neverOfFourBytes);
    }
  }

  /** A free port that is not the one given, which may not be bound yet. */
  static int claimBeside(int other, String server) {
    int port = claim(FREE_PORT, server);
    return port == other ? claimBeside(other, server) : port;
  }
}
