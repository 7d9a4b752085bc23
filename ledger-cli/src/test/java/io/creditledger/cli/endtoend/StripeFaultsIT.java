package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.StripeException;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.embedded.EmbeddedPostgres;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.relay.Topics;
import io.creditledger.streams.FreePort;
import io.creditledger.stripe.simulator.SimulatorSettings;
import io.creditledger.stripe.simulator.StripeSimulator;
import io.creditledger.stripe.simulator.event.WebhookPlan;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * stripe-sync's main promise: whatever Stripe's answers and webhooks do, and whatever dies, in the
 * end Stripe's sums are the journal's and each payment has granted once. The whole size is run with
 * {@code -Dstripe.usages=200000 -Dstripe.customers=500}.
 */
@Timeout(1800)
final class StripeFaultsIT {

  private static final int CUSTOMERS = Integer.getInteger("stripe.customers", 40);
  private static final int USAGES = Integer.getInteger("stripe.usages", 12_000);

  /** Each such usage is undone again. */
  private static final int UNDONE_EVERY = 101;

  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final String SECRET = "whsec_" + "c2lnbmVkLWluLXRlc3RzLW9ubHk=";
  private static final BigDecimal GRANTED = new BigDecimal("3900");

  private static final String CATALOG =
      """
      default_unit: credits
      units:
        credits: {name: Credits, price: {amount: "0.01", currency: usd}}
      meters:
        tokens: {name: Tokens, credits: "40", per: 1000}
        tasks: {name: Tasks, aggregation: count, credits: "3.5"}
      plans:
        plus: {name: Plus, grants: [{name: Plus plan, amount: "3900", priority: 10, every: P1M}]}
      """;

  private static final String RULES =
      """
      usage: {grace: PT2S, late_grace: PT2S}
      meters:
        tokens: {event_name: tokens_over, send: overage, in: credits, window: PT10S,
                 price: {amount: "0.01", currency: usd}}
        tasks: {event_name: tasks, send: all, in: quantity, window: PT10S,
                price: {amount: "0", currency: usd}}
      plans:
        plus: {price: {amount: "39", currency: usd, every: month}}
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Random random = new Random(20261121);
  private final Map<String, BigDecimal> overage = new HashMap<>();
  private final Map<String, BigDecimal> tasks = new HashMap<>();
  private final Map<String, BigDecimal> quantities = new HashMap<>();
  private final Map<String, Integer> grants = new HashMap<>();
  private long entries;

  @Test
  void stripes_sums_are_the_journals_whatever_fails() throws Exception {
    // given
    Instant begun = Instant.now();
    int syncPort = FreePort.onLoopback();
    int adminPort = FreePort.onLoopback();
    try (StripeSimulator simulator = StripeSimulator.start(SimulatorSettings.defaults());
        DevStack stack = DevStack.start(StackSettings.trial(directory.resolve("ledger")));
        Database database = new Database(directory.resolve("postgres"))) {
      stack.awaitReady(START_LIMIT);
      publishCatalog(stack.address());
      Map<String, String> environment =
          environment(simulator, stack.bootstrapServers(), database, syncPort, adminPort);
      SyncProcess sync = start(environment, adminPort);
      try {
        setUp(adminPort);
        register(simulator, syncPort);
        StripeShop shop = shop(simulator);

        // when
        simulator.follow(faults());
        try (Publisher publisher = new Publisher(stack.bootstrapServers())) {
          publish(publisher, 0, USAGES / 3);
          sync.kill();
          publish(publisher, USAGES / 3, USAGES / 2);
          sync = start(environment, adminPort);
          database.restart();
          publish(publisher, USAGES / 2, USAGES * 2 / 3);
          sync.kill();
          publish(publisher, USAGES * 2 / 3, USAGES);
          publisher.flush();
          sync = start(environment, adminPort);
        }

        // then
        readJournal(stack.bootstrapServers());
        awaitDrained(adminPort);
        simulator.follow(FaultPlan.none());
        assertThat(simulator.faultsStruck()).as("the faults that struck").hasSizeGreaterThan(3);
        await()
            .atMost(LIMIT)
            .pollInterval(Duration.ofSeconds(2))
            .untilAsserted(() -> assertThat(differences(shop, begun)).isEmpty());
        assertEachPaymentGrantedOnce(shop);
        await()
            .atMost(LIMIT)
            .pollInterval(Duration.ofSeconds(2))
            .untilAsserted(() -> assertReconciled(adminPort));
      } finally {
        sync.close();
      }
    }
  }

  /** A fifth of the calls goes wrong somehow, a twentieth loses its answer. */
  private static FaultPlan faults() {
    return FaultPlan.seeded(7)
        .share(0.05, "*", Fault.of(Fault.Kind.LOST_ANSWER))
        .share(0.03, "*", Fault.rateLimited("endpoint-rate"))
        .share(0.02, "*", Fault.of(Fault.Kind.LOCK_TIMEOUT))
        .share(0.03, "*", Fault.of(Fault.Kind.CONFLICT))
        .share(0.03, "*", Fault.of(Fault.Kind.SERVER_ERROR))
        .share(0.02, "*", Fault.of(Fault.Kind.SERVER_ERROR_AFTER_WORK))
        .share(0.02, "*", Fault.latency(Duration.ofMillis(300)));
  }

  private void publish(Publisher publisher, int from, int to) {
    for (int i = from; i < to; i++) {
      String customer = customer(random.nextInt(CUSTOMERS));
      if (i % UNDONE_EVERY == UNDONE_EVERY - 1) {
        publisher.send(Sent.metered(customer, "undone" + i, "tokens", 1_000, 0));
        publisher.send(Sent.reversed(customer, "undo" + i, "undone" + i));
      } else if (i % 2 == 0) {
        publisher.send(Sent.metered(customer, "t" + i, "tokens", 100 + random.nextInt(2_000), 0));
      } else {
        publisher.send(Sent.metered(customer, "k" + i, "tasks", 1, 0));
      }
    }
  }

  private static String customer(int i) {
    return "c" + i;
  }

  private StripeShop shop(StripeSimulator simulator) throws StripeException {
    simulator.follow(WebhookPlan.seeded(3).twice(0.2).shuffledWithin(Duration.ofMillis(500)));
    StripeShop shop = new StripeShop(simulator);
    for (int i = 0; i < CUSTOMERS; i++) {
      shop.customer(customer(i));
      shop.subscribe(
          customer(i),
          "credit_ledger_plan_plus_price",
          "credit_ledger_meter_tokens_over_price",
          "credit_ledger_meter_tasks_price");
    }
    return shop;
  }

  private static void publishCatalog(URI address) {
    try (LedgerClient ledger = new LedgerClient(address, Optional.empty())) {
      ledger
          .put("/v1/catalog", "application/yaml", CATALOG.getBytes(StandardCharsets.UTF_8))
          .orFail();
    }
  }

  private Map<String, String> environment(
      StripeSimulator simulator, String brokers, Database database, int port, int adminPort)
      throws IOException {
    Path rules = Files.writeString(directory.resolve("stripe.yaml"), RULES);
    return Map.of(
        "LEDGER_KAFKA", brokers,
        "LEDGER_POSTGRES", database.jdbcUrl(),
        "STRIPE_API_KEY", simulator.apiKey(),
        "STRIPE_API_BASE", simulator.baseUri().toString(),
        "STRIPE_RULES", rules.toString(),
        "STRIPE_WEBHOOK_SECRETS", SECRET,
        "STRIPE_SYNC_PORT", Integer.toString(port),
        "STRIPE_SYNC_ADMIN_PORT", Integer.toString(adminPort),
        "STRIPE_CALLS_PER_SECOND", "500");
  }

  private SyncProcess start(Map<String, String> environment, int adminPort) throws IOException {
    SyncProcess sync = SyncProcess.start(environment, directory.resolve("stripe-sync.log"));
    await()
        .atMost(START_LIMIT)
        .ignoreExceptions()
        .until(() -> admin(adminPort, client -> client.get("/v1/status")).ok());
    return sync;
  }

  private static void setUp(int adminPort) {
    JsonNode done =
        admin(
                adminPort,
                client -> client.post("/v1/setup", LedgerClient.JSON, new byte[0], Duration.ZERO))
            .orFail()
            .json();
    assertThat(done.path("items").findValuesAsText("outcome")).containsOnly("created");
  }

  private static void register(StripeSimulator simulator, int port) {
    String base = "http://127.0.0.1:" + port;
    simulator.registerWebhook(
        URI.create(base + "/stripe/webhooks"), SECRET, simulator.apiVersion(), List.of("*"));
    simulator.registerThinWebhook(
        URI.create(base + "/stripe/events"), SECRET, List.of("v1.billing.meter.*"));
  }

  private interface Asking {
    LedgerClient.Answer ask(LedgerClient client);
  }

  private static LedgerClient.Answer admin(int port, Asking asking) {
    try (LedgerClient client =
        new LedgerClient(URI.create("http://127.0.0.1:" + port), Optional.empty())) {
      return asking.ask(client);
    }
  }

  private void readJournal(String brokers) {
    Topics topics = Topics.prefixed("");
    int undone = USAGES / UNDONE_EVERY;
    long all = (long) USAGES + undone + CUSTOMERS;
    try (CommittedReader reader = new CommittedReader(brokers, topics.name(Topics.ENTRIES))) {
      reader.readUntil(() -> entries >= all, LIMIT, record -> add(EntryJson.read(record.value())));
    }
    assertThat(overage).as("customers whose credits ran out").isNotEmpty();
  }

  private void add(LedgerEntry entry) {
    entries++;
    String customer = entry.header().customer().value();
    switch (entry.change()) {
      case Change.Granted granted -> {
        assertThat(new BigDecimal(granted.made().grant().granted().toString()))
            .isEqualByComparingTo(GRANTED);
        grants.merge(customer, 1, Integer::sum);
      }
      case Change.Used used -> {
        String meter = used.dimensions().meter().orElseThrow().value();
        quantities.put(customer + "/" + entry.header().id(), used.quantity().orElseThrow().value());
        if (meter.equals("tasks")) {
          tasks.merge(customer, used.quantity().orElseThrow().value(), BigDecimal::add);
        } else {
          over(customer, used.shortfall(), 1);
        }
      }
      case Change.Reversed reversed -> over(customer, reversed.cancelled(), -1);
      default -> throw new AssertionError("an entry that nothing here brings about: " + entry);
    }
  }

  private void over(String customer, Shortfall shortfall, int sign) {
    if (shortfall.kind() == Shortfall.Kind.OVERAGE) {
      BigDecimal amount =
          new BigDecimal(shortfall.amount().toString()).multiply(BigDecimal.valueOf(sign));
      overage.merge(customer, amount, BigDecimal::add);
    }
  }

  private static void awaitDrained(int adminPort) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptions()
        .until(
            () ->
                admin(adminPort, client -> client.get("/v1/status"))
                        .json()
                        .path("usage")
                        .path("backlog")
                        .asInt(1)
                    == 0);
  }

  private Map<String, String> differences(StripeShop shop, Instant begun) throws StripeException {
    Map<String, String> differences = new HashMap<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      compare(differences, shop, customer(i), "tokens_over", overage, begun);
      compare(differences, shop, customer(i), "tasks", tasks, begun);
    }
    return differences;
  }

  private static void compare(
      Map<String, String> differences,
      StripeShop shop,
      String customer,
      String eventName,
      Map<String, BigDecimal> journal,
      Instant begun)
      throws StripeException {
    BigDecimal wanted =
        journal.getOrDefault(customer, BigDecimal.ZERO).setScale(6, RoundingMode.UNNECESSARY);
    BigDecimal sum = shop.usage(customer, eventName, begun);
    if (sum.compareTo(wanted) != 0) {
      differences.put(customer + " " + eventName, "journal " + wanted + ", Stripe " + sum);
    }
  }

  private void assertEachPaymentGrantedOnce(StripeShop shop) throws StripeException {
    for (int i = 0; i < CUSTOMERS; i++) {
      assertThat(grants.getOrDefault(customer(i), 0))
          .as("grants of " + customer(i))
          .isEqualTo(shop.paid(customer(i)))
          .isEqualTo(1);
    }
  }

  private static void assertReconciled(int adminPort) {
    JsonNode report =
        admin(
                adminPort,
                client ->
                    client.post("/v1/reconcile", LedgerClient.JSON, new byte[0], Duration.ZERO))
            .orFail()
            .json();
    assertThat(report.path("unexplained").asInt(-1)).as(report.toString()).isZero();
    assertThat(report.path("differences")).as(report.toString()).isEmpty();
  }

  /** A PostgreSQL that can be started again where it was. */
  private static final class Database implements AutoCloseable {
    private final Path directory;
    private EmbeddedPostgres server;

    private Database(Path directory) {
      this.directory = directory;
      this.server = EmbeddedPostgres.start(directory);
    }

    private String jdbcUrl() {
      return server.jdbcUrl();
    }

    private void restart() {
      int port = URI.create(server.jdbcUrl().substring("jdbc:".length())).getPort();
      server.close();
      server = EmbeddedPostgres.start(directory, port);
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
