package io.creditledger.cli.bench.rig;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * GET over one connection that stays open, and next to nothing else: a client that costs little, so
 * that what is measured is the server. Used by one thread.
 */
public final class RawHttp implements AutoCloseable {

  private static final String LENGTH = "content-length:";

  private final URI server;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /** Connects. */
  public RawHttp(URI server) throws IOException {
    this.server = server;
    this.socket = new Socket(server.getHost(), server.getPort());
    this.socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    this.out = socket.getOutputStream();
  }

  /** A request's bytes, to be made once and sent often. */
  public byte[] request(String path) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n\r\n"
        .formatted(path, server.getAuthority())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Sends a request and reads the answer whole.
   *
   * @return the status
   * @throws IOException if the answer has no length, or the connection ends
   */
  public int get(byte[] request) throws IOException {
    out.write(request);
    String[] words = line().split(" ", 3);
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String name = header.toLowerCase(Locale.ROOT);
      if (name.startsWith(LENGTH)) {
        length = Integer.parseInt(name.substring(LENGTH.length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException("an answer without a length");
    }
    in.skipNBytes(length);
    return Integer.parseInt(words[1]);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
