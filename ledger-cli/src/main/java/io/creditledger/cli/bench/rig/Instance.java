package io.creditledger.cli.bench.rig;

import io.creditledger.streams.FreePort;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.LedgerServiceMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service in a process of its own, as it is deployed: it can be killed. */
public final class Instance implements AutoCloseable {

  private static final List<String> HEAP = List.of("-Xmx1g");
  private static final Duration READY_LIMIT = Duration.ofMinutes(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(25);
  private static final int OK = 200;

  private final URI address;
  private final ChildJvm process;

  private Instance(URI address, ChildJvm process) {
    this.address = address;
    this.process = process;
  }

  /**
   * Starts an instance and returns at once.
   *
   * @param name stable over restarts
   * @param directory where its stores are
   */
  public static Instance start(LedgerConfig ledger, String name, Path directory) {
    int port = FreePort.onLoopback();
    Map<String, String> environment = new HashMap<>();
    environment.put("LEDGER_KAFKA", ledger.bootstrapServers());
    environment.put("LEDGER_APPLICATION_ID", ledger.applicationId());
    environment.put("LEDGER_TOPIC_PREFIX", ledger.topicPrefix());
    environment.put("LEDGER_PARTITIONS", Integer.toString(ledger.partitions()));
    environment.put("LEDGER_INSTANCE_ID", name);
    environment.put("LEDGER_DATA", directory.resolve(name).toString());
    environment.put("LEDGER_PORT", Integer.toString(port));
    return new Instance(
        URI.create("http://127.0.0.1:" + port),
        ChildJvm.start(
            LedgerServiceMain.class, directory.resolve(name + ".log"), HEAP, environment));
  }

  /** Where it answers. */
  public URI address() {
    return address;
  }

  /**
   * Returns once it decides and answers.
   *
   * @throws IllegalStateException if it ends, or takes too long
   */
  public Instance awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    while (!ready()) {
      if (!process.alive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("the service does not become ready at " + address);
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
    return this;
  }

  private boolean ready() {
    try (RawHttp http = new RawHttp(address)) {
      return http.get(http.request("/health/ready")) == OK;
    } catch (ConnectException notYet) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("the service at " + address + " breaks off", e);
    }
  }

  /** Kills it without giving it a chance to tidy up. */
  public void kill() {
    process.kill();
  }

  /** Stops it. */
  @Override
  public void close() {
    process.close();
  }
}
