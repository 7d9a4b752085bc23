package io.creditledger.cli.bench.rig;

import io.creditledger.cli.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The broker's process. It lives as long as whoever started it keeps its standard input open. */
public final class BrokerMain {

  /** What the line begins with that tells the broker's address. */
  static final String READY = "listens at ";

  private BrokerMain() {}

  /** Runs a broker whose data is in the directory named. */
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]))) {
      System.out.println(READY + kafka.bootstrapServers());
      // Ends when the other side does, however that ends: no broker is left behind.
      System.in.transferTo(OutputStream.nullOutputStream());
    }
    System.exit(0);
  }
}
