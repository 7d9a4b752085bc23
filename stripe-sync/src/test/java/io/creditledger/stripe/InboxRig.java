package io.creditledger.stripe;

import static org.awaitility.Awaitility.await;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.relay.Topics;
import io.creditledger.stripe.journal.JournalSink;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Stripe's webhooks on their way through the real endpoint into a ledger without Kafka, step by
 * step: nothing happens behind a test's back.
 */
public final class InboxRig implements AutoCloseable {

  /** What signs the webhooks. */
  public static final String SECRET = "whsec_current";

  /** What signed them until not long ago. */
  public static final String ROLLED_SECRET = "whsec_rolled";

  /** The example everyone asks for: 3,900 a month. */
  public static final String CATALOG =
      """
      default_unit: credits
      units:
        credits: {name: Credits, price: {amount: "0.01", currency: usd}}
      plans:
        plus:
          name: Plus
          grants:
            - {name: Plus plan, amount: "3900", priority: 10, every: P1M}
        pro:
          name: Pro
          grants:
            - {name: Pro plan, amount: "10000", priority: 10, every: P1M}
      """;

  /** 750 more for a year. */
  public static final String RULES =
      """
      add_ons:
        pack-750: {name: 750 credits, credits: "750", priority: 20, lifetime: P1Y}
      """;

  private static final Duration DELIVERY_MAX = Duration.ofSeconds(30);

  private final SyncFixture fixture;
  private final FakeLedger ledger;

  /** Usage that was hurried. */
  public record Flush(CustomerId customer, Instant until) {}

  private final List<Flush> flushes = new ArrayList<>();
  private final List<String> alerts = new ArrayList<>();
  private final WebhooksIn part;
  private final JournalSink news;
  private final WebServer server;
  private int entriesRead;
  private int rejectionsRead;

  /** The example's catalog and rules. */
  public InboxRig(SyncFixture fixture) {
    this(fixture, CATALOG, RULES, fixture.simulator().apiVersion());
  }

  /** Webhooks of everything, shaped by that version of the API. */
  public InboxRig(SyncFixture fixture, String catalog, String rules, String apiVersion) {
    this.fixture = fixture;
    Catalog inForce = CatalogYaml.parse("catalog", catalog);
    this.ledger = new FakeLedger(inForce, fixture.clock());
    this.part =
        new WebhooksIn(
            services(fixture, rules),
            () -> inForce,
            (transaction, customer, until) -> flushes.add(new Flush(customer, until)),
            (customer, json) -> alerts.add(new String(json, StandardCharsets.UTF_8)),
            Clock.systemUTC());
    this.news = new JournalSink(Topics.prefixed(""), part.readers());
    HttpRouting.Builder routing = HttpRouting.builder();
    part.routes(routing);
    part.adminRoutes(routing);
    this.server = WebServer.builder().host("127.0.0.1").port(0).routing(routing).build().start();
    fixture.simulator().registerWebhook(uri("/stripe/webhooks"), SECRET, apiVersion, List.of("*"));
  }

  private Services services(SyncFixture of, String rules) {
    Services shared = of.services(rules);
    StripeSyncConfig config = shared.config();
    return new Services(
        new StripeSyncConfig(
            config.kafka(),
            config.topicPrefix(),
            config.jdbcUrl(),
            config.stripe(),
            config.rules(),
            List.of(SECRET, ROLLED_SECRET),
            config.host(),
            config.port(),
            config.admin(),
            config.clock()),
        shared.topics(),
        shared.database(),
        shared.stripe(),
        shared.catalog(),
        ledger,
        shared.metrics());
  }

  /** Where webhooks are posted. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Posts something to the endpoint, and tells the status. */
  public HttpResponse<String> post(String path, byte[] body, String signature) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!signature.isEmpty()) {
      request.header("Stripe-Signature", signature);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits until Stripe has delivered everything, deals with all of it, has it decided, and learns
   * of the decisions; until nothing is left to do at this time.
   */
  public void settle() throws InterruptedException {
    takeIn();
    learn();
    while (process() || publish()) {
      learn();
    }
  }

  /** Waits until Stripe has delivered everything. */
  public void takeIn() {
    await().atMost(DELIVERY_MAX).until(() -> fixture.simulator().deliveriesUnderWay() == 0);
  }

  /** Deals with all events whose turn has come, and tells whether there were any. */
  public boolean process() throws InterruptedException {
    boolean worked = false;
    while (part.processor().processOne()) {
      worked = true;
    }
    return worked;
  }

  private boolean publish() throws InterruptedException {
    boolean worked = false;
    while (part.publisher().publish() > 0) {
      worked = true;
    }
    return worked;
  }

  private void learn() {
    var entries = ledger.entries();
    var rejections = ledger.rejections();
    var fresh = new ArrayList<>(entries.subList(entriesRead, entries.size()));
    fresh.addAll(rejections.subList(rejectionsRead, rejections.size()));
    entriesRead = entries.size();
    rejectionsRead = rejections.size();
    fixture.database().jdbi().useTransaction(handle -> news.write(handle, fresh));
  }

  /** The part that is tested. */
  public WebhooksIn part() {
    return part;
  }

  /** The ledger. */
  public FakeLedger ledger() {
    return ledger;
  }

  /** What was published to the topic of alerts. */
  public List<String> alerts() {
    return List.copyOf(alerts);
  }

  /** The usage that was hurried, in order. */
  public List<Flush> flushes() {
    return List.copyOf(flushes);
  }

  /** The grants that were asked of the ledger, in order. */
  public List<LedgerEvent.IssueGrant> grants() {
    return ledger.published().stream()
        .filter(LedgerEvent.IssueGrant.class::isInstance)
        .map(LedgerEvent.IssueGrant.class::cast)
        .toList();
  }

  /** What is left of a grant. */
  public Credits left(LedgerEvent.IssueGrant grant) {
    return ledger.left(grant.customer(), grant.grant());
  }

  /** A customer uses credits. */
  public void use(CustomerId customer, String id, String credits) {
    ledger.use(customer, id, credits);
  }

  /** The state and note of an event in the inbox. */
  public Map<String, String> event(String id) {
    return fixture
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select state, note from stripe_event where id = :id")
                    .bind("id", id)
                    .map(
                        (row, context) ->
                            Map.of("state", row.getString(1), "note", row.getString(2)))
                    .one());
  }

  /** The version of Stripe's API that shaped an event. */
  public String version(String id) {
    return fixture
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select api_version from stripe_event where id = :id")
                    .bind("id", id)
                    .mapTo(String.class)
                    .one());
  }

  /** The ids of a type's events in the inbox, in the order in which they came. */
  public List<String> events(String type) {
    return fixture
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select id from stripe_event where type = :type order by seq")
                    .bind("type", type)
                    .mapTo(String.class)
                    .list());
  }

  /** What is left of a customer's grant of that id. */
  public Credits left(CustomerId customer, String grant) {
    return ledger.left(customer, new GrantId(grant));
  }

  @Override
  public void close() {
    server.stop();
    part.close();
  }
}
