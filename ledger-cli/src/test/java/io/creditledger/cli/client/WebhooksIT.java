package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.streams.webhook.WebhookFile;
import io.creditledger.streams.webhook.WebhookSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: usage, alert, outbox, a receiver's server, and the operator's command line. */
class WebhooksIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir private static Path directory;

  private static final Map<String, Integer> ATTEMPTS = new ConcurrentHashMap<>();
  private static final List<JsonNode> TAKEN = new CopyOnWriteArrayList<>();
  private static final List<String> UNVERIFIED = new CopyOnWriteArrayList<>();

  private static HttpServer receiver;
  private static DevStack stack;
  private static Cli cli;

  @BeforeAll
  static void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", WebhooksIT::receive);
    receiver.start();
    WebhookSettings webhooks = settings();
    StackSettings trial = StackSettings.trial(directory);
    stack =
        DevStack.start(
            new StackSettings(
                directory,
                trial.kafka(),
                new StackSettings.Postgres.Embedded(),
                trial.stripe(),
                (brokers, state) ->
                    LedgerConfig.local(brokers, state).withPort(0).withWebhooks(webhooks)));
    cli = new Cli(stack.address());
    stack.awaitReady(LIMIT);
    await().atMost(LIMIT).until(() -> cli.run("webhooks", "list").status() == 0);
    // What happens before the relay has begun is nobody's news.
    await().atMost(LIMIT).until(() -> partitionsBegun() == 4);
  }

  @AfterAll
  static void stop() {
    stack.close();
    receiver.stop(0);
  }

  private static WebhookSettings settings() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("webhooks.yaml"),
            """
            endpoints:
              - name: billing
                url: http://127.0.0.1:%d/
                secret_env: SECRET
                retry: {first: PT0.05S, most: PT0.2S}
            """
                .formatted(receiver.getAddress().getPort()));
    return WebhookFile.read(file, Map.of("SECRET", SECRET));
  }

  private static long partitionsBegun() throws SQLException {
    try (Connection connection = DriverManager.getConnection(stack.postgres().jdbcUrl().join());
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from webhooks.relay_offset")) {
      count.next();
      return count.getLong(1);
    }
  }

  /** Fails once for each alert. */
  private static void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    try {
      new Webhook(SECRET).verify(body, Map.copyOf(exchange.getRequestHeaders()));
    } catch (WebhookVerificationException e) {
      UNVERIFIED.add(body);
    }
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    boolean takes = ATTEMPTS.merge(id, 1, Integer::sum) > 1;
    if (takes) {
      TAKEN.add(LedgerClient.MAPPER.readTree(body));
    }
    exchange.sendResponseHeaders(takes ? 204 : 500, -1);
    exchange.close();
  }

  @Test
  void a_balance_that_runs_low_out_and_up_again_is_told_signed_and_in_order() {
    // given
    for (String customer : List.of("cus_1", "cus_2")) {
      limit(customer);
      run("grant", customer, "150", "--id", customer + "-g1");

      // when
      run("usage", customer, "--credits", "60", "--id", customer + "-u1");
      run("usage", customer, "--credits", "90", "--id", customer + "-u2");
      run("grant", customer, "200", "--id", customer + "-g2");
    }

    // then
    await().atMost(LIMIT).until(() -> told("cus_1").size() == 3 && told("cus_2").size() == 3);
    assertThat(told("cus_1"))
        .containsExactly("balance.low", "balance.depleted", "balance.recovered");
    assertThat(told("cus_2"))
        .containsExactly("balance.low", "balance.depleted", "balance.recovered");
    assertThat(UNVERIFIED).isEmpty();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        cli.run("webhooks", "deliveries", "--state", "delivered")
                            .squeezed()
                            .lines())
                    .hasSize(7));

    // and an operator can have one told again, and try the endpoint
    String id = deliveries("cus_1").path(0).path("id").asText();
    assertThat(cli.run("webhooks", "redeliver", id).out())
        .isEqualTo(id + ": balance.recovered for cus_1 to billing is due now.\n");
    await().atMost(LIMIT).until(() -> told("cus_1").size() == 4);
    await()
        .atMost(LIMIT)
        .until(() -> deliveries("cus_1").path(0).path("state").asText().equals("delivered"));
    assertThat(cli.run("webhooks", "test", "billing").status()).isEqualTo(1);
    assertThat(cli.run("webhooks", "redeliver", "--endpoint", "billing").out())
        .isEqualTo("0 deliveries to billing are pending again.\n");
    assertThat(cli.run("webhooks", "test", "nobody").err()).contains("ENDPOINT_UNKNOWN");
    assertThat(metrics())
        .contains(
            "ledger_webhooks_attempts_total{endpoint=\"billing\",outcome=\"delivered\"} 7.0",
            "ledger_webhooks_attempts_total{endpoint=\"billing\",outcome=\"retry\"} 6.0",
            "ledger_webhooks_pending{endpoint=\"billing\"}",
            "ledger_webhooks_dead{endpoint=\"billing\"} 0.0",
            "ledger_webhooks_oldest_pending_seconds{endpoint=\"billing\"}",
            "ledger_webhooks_relay_running 1.0",
            "ledger_webhooks_relay_behind 0.0");
  }

  private static String metrics() {
    try (LedgerClient client = new LedgerClient(stack.address(), Optional.empty())) {
      return client.get("/metrics", "text/plain").orFail().text();
    }
  }

  private static JsonNode deliveries(String customer) {
    try (LedgerClient client = new LedgerClient(stack.address(), Optional.empty())) {
      return client.get("/v1/webhooks/deliveries?customer=" + customer).json().path("deliveries");
    }
  }

  private static void limit(String customer) {
    try (LedgerClient client = new LedgerClient(stack.address(), Optional.empty())) {
      client
          .put(
              "/v1/customers/" + customer,
              LedgerClient.JSON,
              "{\"id\":\"c-%s\",\"alerts\":{\"credits\":{\"low\":\"100\"}}}"
                  .formatted(customer)
                  .getBytes(StandardCharsets.UTF_8))
          .orFail();
    }
  }

  private static List<String> told(String customer) {
    return TAKEN.stream()
        .filter(body -> body.path("data").path("customer").asText().equals(customer))
        .map(body -> body.path("type").asText())
        .toList();
  }

  private static void run(String... arguments) {
    Cli.Result result = cli.run(arguments);
    assertThat(result.status()).as(result.err()).isZero();
  }
}
