package io.creditledger.stripe;

import com.stripe.StripeClient;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.relay.Database;
import io.creditledger.relay.DatabaseSettings;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import io.creditledger.stripe.catalog.CatalogFollower;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.client.StripeSettings;
import io.creditledger.stripe.request.RecordingProxy;
import io.creditledger.stripe.request.ValidRequests;
import io.creditledger.stripe.rules.RulesYaml;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.simulator.SimulatorSettings;
import io.creditledger.stripe.simulator.StripeSimulator;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Stripe as the simulator plays it, a schema of its own in a real PostgreSQL, one clock for both
 * sides, and the ledger's input as a list. Register it with {@code @RegisterExtension}; it is made
 * anew for each test. There are no brokers: entries are given to a sink directly.
 */
public final class SyncFixture implements BeforeEachCallback, AfterEachCallback {

  /** What time it is when a test begins. */
  public static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  /** A machine that builds something else at the same time needs long. */
  private static final Duration STARTUP_MAX = Duration.ofMinutes(1);

  private static final int CONNECTIONS = 8;
  private static final int CALLS_PER_SECOND = 10_000;
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private final UnaryOperator<SimulatorSettings> simulated;
  private final SettableClock clock = new SettableClock(START);
  private final List<LedgerEvent> published = new CopyOnWriteArrayList<>();
  private StripeSimulator simulator;
  private RecordingProxy requests;
  private StripeClient client;
  private Database database;
  private DatabaseSettings settings;

  /** With a simulator as it is by default, but for the clock. */
  public SyncFixture() {
    this(simulator -> simulator);
  }

  /** With a simulator that is set up otherwise. */
  public SyncFixture(UnaryOperator<SimulatorSettings> simulated) {
    this.simulated = simulated;
  }

  /** One server for all tests of this machine's process; it ends with the process. */
  private static final class Postgres {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setPGStartupWait(STARTUP_MAX).start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL did not start", e);
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    clock.set(START);
    published.clear();
    simulator =
        StripeSimulator.start(simulated.apply(SimulatorSettings.defaults().withTime(clock)));
    requests = RecordingProxy.before(simulator.baseUri());
    String base = simulator.baseUri().toString();
    client =
        StripeClient.builder()
            .setApiKey(simulator.apiKey())
            .setApiBase(base)
            .setMeterEventsBase(base)
            .build();
    settings =
        new DatabaseSettings(
            Postgres.SERVER.getJdbcUrl("postgres", "postgres"),
            "stripe_" + SCHEMAS.incrementAndGet(),
            "io/creditledger/stripe/db",
            CONNECTIONS);
    database = Database.open(settings);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    database
        .jdbi()
        .useHandle(handle -> handle.execute("drop schema " + settings.schema() + " cascade"));
    database.close();
    requests.close();
    simulator.close();
    ValidRequests.check(requests.made());
  }

  /** The time on both sides. */
  public SettableClock clock() {
    return clock;
  }

  /** Stripe, to be steered. */
  public StripeSimulator simulator() {
    return simulator;
  }

  /** Stripe, to be asked as anybody asks it: without faults of the code that is tested. */
  public StripeClient client() {
    return client;
  }

  /** What the parts asked of Stripe; all of it is held against Stripe's description at the end. */
  public RecordingProxy requests() {
    return requests;
  }

  /** The schema. */
  public Database database() {
    return database;
  }

  /** What was published to the ledger, in order. */
  public List<LedgerEvent> published() {
    return published;
  }

  /** What a part is made of, by rules as people write them. */
  public Services services(String rules) {
    return services(RulesYaml.parse("stripe.yaml", rules));
  }

  /** What a part is made of. */
  public Services services(StripeRules rules) {
    Topics topics = Topics.prefixed("");
    KafkaConnection nowhere = new KafkaConnection("127.0.0.1:1", Map.of());
    StripeSettings stripe =
        StripeSettings.at(simulator.apiKey(), requests.baseUri())
            .withCallsPerSecond(CALLS_PER_SECOND);
    return new Services(
        new StripeSyncConfig(
            nowhere,
            "",
            settings.jdbcUrl(),
            stripe,
            rules,
            List.of(),
            "127.0.0.1",
            0,
            StripeSyncConfig.Admin.ANYWHERE_HERE,
            clock),
        topics,
        database,
        new StripeCalls(stripe),
        new CatalogFollower(nowhere, topics),
        published::add,
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }
}
