package io.creditledger.cli.stack;

import io.creditledger.cli.embedded.EmbeddedKafka;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.LedgerService;
import io.creditledger.streams.query.LedgerAccess;
import io.creditledger.streams.query.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/**
 * A ledger as it runs: servers, service, data directory.
 *
 * <p>What it has acknowledged is there again at the next start on the same directory, also after a
 * {@code kill -9}: the broker recovers its log, a PostgreSQL left behind is stopped first, and the
 * service's stores are restored from the log. It registers no shutdown hook: who starts it closes
 * it.
 */
public final class DevStack implements AutoCloseable {

  private static final String KAFKA_PORT = "kafka-port";

  private static final Duration LOOK_EVERY = Duration.ofMillis(25);

  private final Teardown teardown;
  private final Path directory;
  private final String bootstrapServers;
  private final PostgresServer postgres;
  private final LedgerService service;
  private final StripeServer stripe;

  private DevStack(
      Teardown teardown,
      Path directory,
      String bootstrapServers,
      PostgresServer postgres,
      LedgerService service,
      StripeServer stripe) {
    this.teardown = teardown;
    this.directory = directory;
    this.bootstrapServers = bootstrapServers;
    this.postgres = postgres;
    this.service = service;
    this.stripe = stripe;
  }

  /**
   * Starts everything and returns while the service may still be restoring its stores; see {@link
   * #awaitReady}.
   *
   * @throws StackException if a ledger runs on the directory, or the service does not start
   * @throws io.creditledger.cli.embedded.EmbeddedServerException if Kafka does not start
   * @throws io.creditledger.streams.topology.TopicMismatchException if Kafka has other topics of
   *     the same names
   */
  public static DevStack start(StackSettings settings) throws InterruptedException {
    Path directory = made(settings.directory());
    Teardown teardown = new Teardown();
    try {
      StackLock lock = StackLock.take(directory);
      teardown.add(lock, lock::close);
      PostgresServer postgres =
          PostgresServer.start(settings.postgres(), directory.resolve("postgres"));
      teardown.add(postgres, postgres::close);
      String bootstrapServers = kafka(settings.kafka(), directory, teardown);
      LedgerConfig config =
          settings
              .service()
              .on(bootstrapServers, directory.resolve("streams"))
              .withPostgres(postgres.jdbcUrl());
      LedgerService service = service(config);
      teardown.add(service, service::close);
      StripeServer stripe =
          StripeServer.start(
              settings.stripe(),
              new StripeServer.Surroundings(
                  directory,
                  config.kafka(),
                  config.topicPrefix(),
                  postgres.jdbcUrl(),
                  config.clock()));
      teardown.add(stripe, stripe::close);
      var unused = stripe.sync().thenAccept(sync -> service.stripeSyncAt(sync.adminAddress()));
      return new DevStack(teardown, directory, bootstrapServers, postgres, service, stripe);
    } catch (RuntimeException | InterruptedException failed) {
      teardown.close();
      throw failed;
    }
  }

  private static LedgerService service(LedgerConfig config) throws InterruptedException {
    try {
      return LedgerService.start(config);
    } catch (IllegalStateException unfit) {
      throw new StackException(unfit.getMessage(), unfit);
    } catch (KafkaException unfit) {
      // What it says of itself is that something could not be made; why, its cause knows.
      Throwable why = unfit.getCause() == null ? unfit : unfit.getCause();
      throw new StackException("Kafka cannot be used: " + why.getMessage(), unfit);
    }
  }

  /**
   * Forgets which port a trial's broker had, so that the next run on its data takes the usual one,
   * at which every command looks for it.
   *
   * @param directory of a stack that is closed
   */
  public static void forgetKafkaPort(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(KAFKA_PORT));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory.resolve(KAFKA_PORT), e);
    }
  }

  private static String kafka(StackSettings.Kafka kafka, Path directory, Teardown teardown) {
    return switch (kafka) {
      case StackSettings.Kafka.Embedded here -> {
        int port =
            here.port() == 0
                ? StablePort.choose(directory.resolve(KAFKA_PORT), here.usual())
                : here.port();
        EmbeddedKafka server = EmbeddedKafka.start(directory.resolve("kafka"), port);
        teardown.add(server, server::close);
        yield server.bootstrapServers();
      }
      case StackSettings.Kafka.External there -> there.bootstrapServers();
    };
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + directory, e);
    }
  }

  /**
   * Returns once the service decides and answers.
   *
   * @throws StackException if it fails, or takes longer than the limit
   */
  public void awaitReady(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    Readiness readiness = service.readiness();
    while (readiness.state() != Readiness.State.READY) {
      if (readiness.state() == Readiness.State.FAILED) {
        throw new StackException("the ledger service has failed (" + readiness.detail() + ")");
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(
            "the ledger service is not ready after "
                + limit.toSeconds()
                + " s ("
                + readiness.detail()
                + ")");
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
      readiness = service.readiness();
    }
  }

  /** Whether the service decides and answers. */
  public Readiness readiness() {
    return service.readiness();
  }

  /** The data directory, by its one true path. */
  public Path directory() {
    return directory;
  }

  /** Where Kafka's clients connect. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Where the REST service listens. */
  public URI address() {
    return service.address();
  }

  /** Its PostgreSQL, which may still be starting. */
  public PostgresServer postgres() {
    return postgres;
  }

  /** Its stripe-sync, which may still be starting. */
  public StripeServer stripe() {
    return stripe;
  }

  /** The ledger for callers in this process. */
  public LedgerAccess ledger() {
    return service.ledger();
  }

  /** Stops the service, then the servers, and lets go of the directory. */
  @Override
  public void close() {
    teardown.close();
  }
}
