package io.creditledger.cli.stack;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.stripe.StripeSync;
import io.creditledger.stripe.StripeSyncConfig;
import io.creditledger.stripe.StripeSyncConfig.Admin;
import io.creditledger.stripe.client.StripeSettings;
import io.creditledger.stripe.simulator.StripeSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * stripe-sync beside a ledger, with Stripe itself or with a simulator of it. It starts when
 * PostgreSQL is there, and nobody waits for it: the ledger decides without Stripe.
 */
public final class StripeServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StripeServer.class);
  private static final int SECRET_BYTES = 24;
  private static final int ANY_PORT = 0;

  private final Optional<StripeSimulator> simulator;
  private final CompletableFuture<StripeSync> sync;

  private StripeServer(Optional<StripeSimulator> simulator, CompletableFuture<StripeSync> sync) {
    this.simulator = simulator;
    this.sync = sync;
  }

  /**
   * What it works with.
   *
   * @param directory where the simulator keeps its state
   */
  record Surroundings(
      Path directory,
      KafkaConnection kafka,
      String topicPrefix,
      CompletableFuture<String> jdbcUrl,
      Clock clock) {}

  static StripeServer start(StackSettings.Stripe settings, Surroundings here) {
    return switch (settings) {
      case StackSettings.Stripe.None none ->
          new StripeServer(Optional.empty(), new CompletableFuture<>());
      case StackSettings.Stripe.Simulated simulated -> simulated(simulated, here);
      case StackSettings.Stripe.Live live ->
          new StripeServer(
              Optional.empty(),
              whenThereIsADatabase(
                  here, live.sync(), live.stripe(), live.webhookSecrets(), started -> {}));
    };
  }

  private static StripeServer simulated(
      StackSettings.Stripe.Simulated settings, Surroundings here) {
    int port = port(settings.simulatorPort(), here, "stripe-simulator-port", ANY_PORT);
    StripeSimulator simulator =
        StripeSimulator.start(
            settings
                .simulator()
                .withAddress("127.0.0.1", port)
                .withSnapshot(here.directory().resolve("stripe-simulator.json")));
    String secret = secret(here.directory().resolve("stripe-webhook-secret"));
    CompletableFuture<StripeSync> sync =
        whenThereIsADatabase(
            here,
            settings.sync(),
            StripeSettings.at(simulator.apiKey(), simulator.baseUri()),
            List.of(secret),
            started -> simulator.deliverTo(started.address(), secret));
    return new StripeServer(Optional.of(simulator), sync);
  }

  private static CompletableFuture<StripeSync> whenThereIsADatabase(
      Surroundings here,
      StackSettings.Sync settings,
      StripeSettings stripe,
      List<String> secrets,
      Consumer<StripeSync> then) {
    return here.jdbcUrl()
        .thenApplyAsync(
            jdbcUrl -> {
              StripeSync started =
                  started(
                      new StripeSyncConfig(
                          here.kafka(),
                          here.topicPrefix(),
                          jdbcUrl,
                          stripe,
                          settings.rules(),
                          secrets,
                          "127.0.0.1",
                          port(
                              settings.port(),
                              here,
                              "stripe-sync-port",
                              StripeSyncConfig.PORT_DEFAULT),
                          new Admin(
                              "127.0.0.1",
                              port(
                                  settings.adminPort(),
                                  here,
                                  "stripe-sync-admin-port",
                                  Admin.PORT_DEFAULT)),
                          here.clock()));
              then.accept(started);
              return started;
            },
            Thread::startVirtualThread)
        .whenComplete(StripeServer::report);
  }

  private static int port(int wanted, Surroundings here, String file, int usual) {
    return wanted == ANY_PORT ? StablePort.choose(here.directory().resolve(file), usual) : wanted;
  }

  private static StripeSync started(StripeSyncConfig config) {
    try {
      return StripeSync.start(config);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("stripe-sync was interrupted while it started", e);
    }
  }

  private static void report(StripeSync started, Throwable failure) {
    if (failure == null) {
      LOG.info("stripe-sync listens at {}", started.address());
    } else {
      LOG.warn("stripe-sync did not start", failure);
    }
  }

  private static String secret(Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        Files.writeString(file, "whsec_" + Base64.getEncoder().encodeToString(random));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + file, e);
    }
  }

  /** The simulator, where Stripe is simulated. */
  public Optional<StripeSimulator> simulator() {
    return simulator;
  }

  /** stripe-sync, once it has started; never completes if there is none. */
  public CompletableFuture<StripeSync> sync() {
    return sync;
  }

  /** Ends stripe-sync, then the simulator. */
  @Override
  public void close() {
    if (sync.isDone() && !sync.isCompletedExceptionally()) {
      sync.join().close();
    }
    sync.cancel(true);
    simulator.ifPresent(StripeSimulator::close);
  }
}
