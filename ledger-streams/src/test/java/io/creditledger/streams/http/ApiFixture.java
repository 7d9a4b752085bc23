package io.creditledger.streams.http;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.streams.projection.StatementAccess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;

/** A service on a free port over a ledger in memory, at ten in the morning. */
final class ApiFixture implements AutoCloseable {

  static final Catalog CATALOG =
      CatalogYaml.parse(
          "test",
          """
          meters:
            llm.input_tokens:
              rates: [{credits: "0.5", per: 1000}]
            agent.task:
              aggregation: count
              credits: "3.5"
          plans:
            plus: {name: Plus, grants: []}
          """);

  final SettableClock clock = new SettableClock("2026-11-21T10:00:00Z");
  final FakeLedger ledger = new FakeLedger(clock);
  final FakeWebhooks webhooks = new FakeWebhooks(clock);
  final HttpApi api;
  final ApiClient client;

  ApiFixture() {
    this(HttpSettings.of(HttpSettings.HOST_DEFAULT, 0));
  }

  ApiFixture(HttpSettings settings) {
    this(settings, Optional.empty());
  }

  ApiFixture(HttpSettings settings, Optional<? extends StatementAccess> statement) {
    ledger.publish(CATALOG);
    api =
        new HttpApi(
                ledger,
                ledger,
                clock,
                settings,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Optional.of(webhooks),
                statement)
            .start();
    client = new ApiClient(api);
  }

  /** Makes a grant and waits for it. */
  void grant(String id, String amount, String more) {
    ApiClient.Answer answer =
        client.post(
            "/v1/grants",
            "{\"id\":\"%s\",\"customer\":\"cus_1\",\"amount\":\"%s\"%s}"
                .formatted(id, amount, more),
            "Prefer",
            "wait=5");
    if (answer.status() != 201) {
      throw new AssertionError("no grant: " + answer);
    }
  }

  /** Uses credits and waits for it. */
  void use(String id, String credits, String more) {
    ApiClient.Answer answer =
        client.post(
            "/v1/usage",
            "{\"id\":\"%s\",\"customer\":\"cus_1\",\"credits\":\"%s\"%s}"
                .formatted(id, credits, more),
            "Prefer",
            "wait=5");
    if (answer.status() != 201) {
      throw new AssertionError("no usage: " + answer);
    }
  }

  @Override
  public void close() {
    client.close();
    api.stop();
  }
}
