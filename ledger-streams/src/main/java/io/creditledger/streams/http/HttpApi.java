package io.creditledger.streams.http;

import io.creditledger.streams.projection.StatementAccess;
import io.creditledger.streams.query.CustomerLog;
import io.creditledger.streams.query.LedgerAccess;
import io.creditledger.streams.webhook.WebhookAccess;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The REST service. Made stopped; started and stopped once. */
public final class HttpApi implements AutoCloseable {

  private static final Duration STOP_GRACE = Duration.ofSeconds(5);
  private static final int HEADERS_BYTES_MAX = 32 << 10;

  private final HttpSettings settings;
  private final Forwarder forwarder;
  private final EntriesResource entries;
  private final ExplanationResource explanations;
  private final Router router;
  private final Gate gate;
  private final WebServer server;

  /**
   * A service that answers from the ledger. It does not listen before {@link #start}, and it
   * answers health checks whatever the ledger's state.
   *
   * @param webhooks empty if none are set up
   * @param statement empty if the journal is not kept in a database
   */
  public HttpApi(
      LedgerAccess ledger,
      CustomerLog log,
      Clock clock,
      HttpSettings settings,
      PrometheusMeterRegistry metrics,
      Optional<? extends WebhookAccess> webhooks,
      Optional<? extends StatementAccess> statement) {
    this.settings = settings;
    this.forwarder = new Forwarder(settings.forwardTimeout());
    Owners owners = new Owners(ledger, forwarder);
    Statement asked = new Statement(statement);
    this.entries = new EntriesResource(ledger, owners, asked);
    this.explanations = new ExplanationResource(log, asked);
    List<Route> routes = routes(ledger, owners, clock, metrics);
    routes.addAll(
        new BalanceResource(ledger, owners, new PastBalance(ledger, log, asked), clock).routes());
    routes.addAll(new WebhooksResource(webhooks).routes());
    routes.addAll(explanations.routes());
    routes.addAll(new UsageSumsResource(asked).routes());
    routes.addAll(new ProjectionResource(asked).routes());
    this.router = new Router(routes);
    this.gate = new Gate(new Dispatcher(router, settings, new RequestMetrics(metrics)));
    this.server =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .shutdownGracePeriod(STOP_GRACE)
            .protocolsDiscoverServices(true)
            .addProtocol(
                Http1Config.builder()
                    // The router decodes paths itself, strictly, and answers with a problem.
                    .validatePath(false)
                    .maxHeadersSize(HEADERS_BYTES_MAX)
                    .build())
            .directHandlers(directHandlers())
            .routing(routing -> routing.any(gate))
            .build();
  }

  private List<Route> routes(
      LedgerAccess ledger, Owners owners, Clock clock, PrometheusMeterRegistry metrics) {
    Writes writes = new Writes(ledger, clock, owners, forwarder, settings);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new CustomerResource(ledger, owners, writes).routes());
    routes.addAll(new GrantsResource(ledger, owners, writes, clock).routes());
    routes.addAll(entries.routes());
    routes.addAll(new UsageResource(writes).routes());
    routes.addAll(new ReservationsResource(ledger, owners, writes, clock).routes());
    routes.addAll(new EntitlementResource(ledger, owners, clock).routes());
    routes.addAll(new CorrectionsResource(writes).routes());
    routes.addAll(new TopUpsResource(writes).routes());
    routes.addAll(new PreviewResource(ledger, owners, writes, clock).routes());
    routes.addAll(new RateCardResource(ledger).routes());
    routes.addAll(new CatalogResource(ledger, settings).routes());
    routes.addAll(new StatesResource(ledger.states(), owners).routes());
    routes.addAll(new HealthResource(ledger).routes());
    routes.addAll(new MetricsResource(metrics).routes());
    routes.addAll(new DocsResource(OpenApi.load()).routes());
    return routes;
  }

  /** What cannot even be read as a request is answered with a problem document too. */
  private static DirectHandlers directHandlers() {
    DirectHandler handler = new ProblemHandler();
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }

  /** Every route there is, for the check that each is documented. */
  List<Route> routes() {
    return router.routes();
  }

  /**
   * Binds and answers from now on.
   *
   * @throws IllegalStateException if something else listens there
   */
  public HttpApi start() {
    server.start();
    // The server only logs that it could not bind.
    if (!server.isRunning()) {
      throw new IllegalStateException(
          "the REST service cannot listen on " + settings.host() + ":" + settings.port());
    }
    return this;
  }

  /** Has explanations of usage ask stripe-sync from now on, at its address for operators. */
  public void stripeSyncAt(URI address) {
    explanations.stripeSyncAt(address);
  }

  /** The port it is bound to. */
  public int port() {
    return server.port();
  }

  /** Where a client on this machine, or on the network it is bound to, finds it. */
  public URI address() {
    String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
  }

  /** Answers what it has begun, for at most five seconds, then closes. */
  public void stop() {
    entries.stop();
    server.stop();
    gate.shut();
    explanations.close();
    forwarder.close();
  }

  @Override
  public void close() {
    stop();
  }
}
