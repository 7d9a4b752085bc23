package io.creditledger.stripe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.relay.Database;
import io.creditledger.relay.DatabaseSettings;
import io.creditledger.relay.Topics;
import io.creditledger.stripe.catalog.CatalogFollower;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.publish.KafkaLedgerAlerts;
import io.creditledger.stripe.publish.KafkaLedgerInput;
import io.creditledger.stripe.reconcile.ReconcilePart;
import io.creditledger.stripe.setup.SetupPart;
import io.creditledger.stripe.usage.UsagePart;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One instance of stripe-sync, from start to close. */
public final class StripeSync implements AutoCloseable {

  private static final String MIGRATIONS = "io/creditledger/stripe/db";
  private static final String ADMIN = "admin";
  private static final int CONNECTIONS = 20;
  private static final Duration STOP_GRACE = Duration.ofSeconds(5);

  private final StripeSyncConfig config;
  private final WebServer server;
  private final Deque<AutoCloseable> opened;

  private StripeSync(StripeSyncConfig config, WebServer server, Deque<AutoCloseable> opened) {
    this.config = config;
    this.server = server;
    this.opened = opened;
  }

  /**
   * Starts an instance; waits for PostgreSQL for as long as that takes.
   *
   * @throws IllegalStateException if its port is taken
   */
  public static StripeSync start(StripeSyncConfig config) throws InterruptedException {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      Services services = services(config, opened);
      List<Part> parts = parts(services);
      WebServer server = server(config, routing(parts), adminRouting(parts, services.metrics()));
      for (Part part : parts) {
        opened.push(part);
        part.start();
      }
      return new StripeSync(config, server, opened);
    } catch (RuntimeException | InterruptedException failed) {
      close(opened);
      throw failed;
    }
  }

  private static Services services(StripeSyncConfig config, Deque<AutoCloseable> opened)
      throws InterruptedException {
    Topics topics = Topics.prefixed(config.topicPrefix());
    Database database =
        Database.await(
            new DatabaseSettings(
                config.jdbcUrl(), StripeSyncConfig.SCHEMA, MIGRATIONS, CONNECTIONS));
    opened.push(database);
    CatalogFollower catalog = new CatalogFollower(config.kafka(), topics);
    opened.push(catalog);
    catalog.start();
    KafkaLedgerInput ledger = new KafkaLedgerInput(config.kafka().writer(), topics, config.clock());
    opened.push(ledger);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    opened.push(metrics::close);
    return new Services(
        config, topics, database, new StripeCalls(config.stripe()), catalog, ledger, metrics);
  }

  /** The parts, in the order in which they start. */
  private static List<Part> parts(Services services) {
    StripeSyncConfig config = services.config();
    UsagePart usage = new UsagePart(services);
    WebhooksIn webhooks =
        new WebhooksIn(
            services,
            services.catalog(),
            usage.flush(),
            new KafkaLedgerAlerts(config.kafka().writer(), services.topics(), config.clock()),
            Clock.systemUTC());
    return List.of(
        new SetupPart(services),
        usage,
        new LedgerToStripe(services),
        webhooks,
        new LedgerAnswers(services, webhooks.readers()),
        new ReconcilePart(services));
  }

  private static HttpRouting.Builder routing(List<Part> parts) {
    HttpRouting.Builder routing = HttpRouting.builder().get("/health", StripeSync::health);
    parts.forEach(part -> part.routes(routing));
    return routing;
  }

  private static HttpRouting.Builder adminRouting(
      List<Part> parts, PrometheusMeterRegistry metrics) {
    HttpRouting.Builder routing =
        HttpRouting.builder()
            .get("/health", StripeSync::health)
            .get("/v1/status", (request, response) -> response.send(status(parts)))
            .get("/metrics", (request, response) -> response.send(metrics.scrape()));
    parts.forEach(part -> part.adminRoutes(routing));
    return routing;
  }

  /** How all the parts go, each in a field of its own. */
  private static String status(List<Part> parts) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    parts.forEach(part -> part.status(status));
    return status.toString();
  }

  private static void health(ServerRequest request, ServerResponse response) {
    response.status(Status.OK_200).send("UP");
  }

  private static WebServer server(
      StripeSyncConfig config, HttpRouting.Builder routing, HttpRouting.Builder adminRouting) {
    WebServer server =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .shutdownGracePeriod(STOP_GRACE)
            .routing(routing)
            .putSocket(
                ADMIN,
                socket ->
                    socket
                        .host(config.admin().host())
                        .port(config.admin().port())
                        .routing(adminRouting))
            .build()
            .start();
    // The server only logs that it could not bind.
    if (!server.isRunning()) {
      throw new IllegalStateException(
          "stripe-sync cannot listen on "
              + config.host()
              + ":"
              + config.port()
              + ", or for operators on "
              + config.admin());
    }
    return server;
  }

  /** Where Stripe's webhooks are to be sent, as seen from this machine. */
  public URI address() {
    return address(config.host(), server.port());
  }

  /** Where operators reach it, as seen from this machine. */
  public URI adminAddress() {
    return address(config.admin().host(), server.port(ADMIN));
  }

  private static URI address(String bound, int port) {
    String host = bound.equals("0.0.0.0") ? "127.0.0.1" : bound;
    return URI.create("http://" + host + ":" + port);
  }

  /** Stops listening, ends what is under way and closes everything. */
  @Override
  public void close() {
    server.stop();
    close(opened);
  }

  private static void close(Deque<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failed) {
        throw new IllegalStateException("stripe-sync did not close", failed);
      }
    }
  }
}
