package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.streams.webhook.DeliveryState;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {

  private ApiFixture fixture;

  @BeforeEach
  void start() {
    fixture = new ApiFixture();
    fixture.webhooks.add("billing", "cus_1", DeliveryState.DELIVERED);
    fixture.webhooks.add("billing", "cus_1", DeliveryState.DEAD);
    fixture.webhooks.add("billing", "cus_2", DeliveryState.PENDING);
    fixture.webhooks.add("former", "cus_1", DeliveryState.DEAD);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void theEndpointsAreToldWithWhatTheyHaveAndAreStillToGet() {
    JsonNode endpoint = fixture.client.get("/v1/webhooks").json().path("endpoints").path(0);

    assertThat(endpoint.path("endpoint").asText()).isEqualTo("billing");
    assertThat(endpoint.path("pending").asInt()).isEqualTo(1);
    assertThat(endpoint.path("delivered").asInt()).isEqualTo(1);
    assertThat(endpoint.path("dead").asInt()).isEqualTo(2);
    assertThat(endpoint.path("oldest_pending_at").asText()).isEqualTo("2026-11-21T10:00:00Z");
  }

  @Test
  void deliveriesComeNewestFirstInPages() {
    JsonNode first = fixture.client.get("/v1/webhooks/deliveries?limit=3").json();
    JsonNode second =
        fixture
            .client
            .get("/v1/webhooks/deliveries?limit=3&cursor=" + first.path("next").asText())
            .json();

    assertThat(ids(first)).containsExactly(4, 3, 2);
    assertThat(ids(second)).containsExactly(1);
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void deliveriesCanBeFiltered() {
    assertThat(ids(fixture.client.get("/v1/webhooks/deliveries?state=dead").json()))
        .containsExactly(4, 2);
    assertThat(
            ids(
                fixture
                    .client
                    .get("/v1/webhooks/deliveries?endpoint=billing&customer=cus_1")
                    .json()))
        .containsExactly(2, 1);
  }

  @Test
  void aWrongFilterIsRefused() {
    assertThat(fixture.client.get("/v1/webhooks/deliveries?state=lost").code())
        .isEqualTo("PARAMETER_INVALID");
    assertThat(fixture.client.get("/v1/webhooks/deliveries?cursor=x").code())
        .isEqualTo("CURSOR_INVALID");
    assertThat(fixture.client.get("/v1/webhooks/deliveries?costumer=x").code())
        .isEqualTo("PARAMETER_UNKNOWN");
  }

  @Test
  void oneDeliveryIsSentAgain() {
    ApiClient.Answer answer = fixture.client.post("/v1/webhooks/deliveries/2/redeliver", "");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("state").asText()).isEqualTo("pending");
    assertThat(answer.json().path("webhook_id").asText()).isEqualTo("msg_2");
  }

  @Test
  void whatIsUnknownIsNotSentAgain() {
    assertThat(fixture.client.post("/v1/webhooks/deliveries/99/redeliver", "").code())
        .isEqualTo("DELIVERY_UNKNOWN");
    assertThat(fixture.client.post("/v1/webhooks/deliveries/x/redeliver", "").code())
        .isEqualTo("DELIVERY_UNKNOWN");
    assertThat(fixture.client.post("/v1/webhooks/deliveries/4/redeliver", "").code())
        .isEqualTo("ENDPOINT_UNKNOWN");
    assertThat(fixture.client.post("/v1/webhooks/former/redeliver", "").code())
        .isEqualTo("ENDPOINT_UNKNOWN");
  }

  @Test
  void allThatWasGivenUpForAnEndpointIsSentAgain() {
    ApiClient.Answer answer = fixture.client.post("/v1/webhooks/billing/redeliver", "");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("redelivered").asInt()).isEqualTo(1);
  }

  @Test
  void aTestTellsWhatCameOfIt() {
    JsonNode result = fixture.client.post("/v1/webhooks/billing/test", "").json();

    assertThat(result.path("delivered").asBoolean()).isTrue();
    assertThat(result.path("status").asInt()).isEqualTo(204);
    assertThat(fixture.client.post("/v1/webhooks/other/test", "").code())
        .isEqualTo("ENDPOINT_UNKNOWN");
  }

  @Test
  void aDatabaseThatIsAwayPasses() {
    fixture.webhooks.away = true;

    ApiClient.Answer answer = fixture.client.get("/v1/webhooks");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void aServiceWithoutWebhooksSaysSo() {
    try (HttpApi api =
            new HttpApi(
                    fixture.ledger,
                    fixture.ledger,
                    fixture.clock,
                    HttpSettings.of(HttpSettings.HOST_DEFAULT, 0),
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                    Optional.empty(),
                    Optional.empty())
                .start();
        ApiClient client = new ApiClient(api)) {
      for (String path : List.of("/v1/webhooks", "/v1/webhooks/deliveries")) {
        assertThat(client.get(path).status()).isEqualTo(503);
        assertThat(client.get(path).code()).isEqualTo("WEBHOOKS_NOT_CONFIGURED");
      }
    }
  }

  private static List<Integer> ids(JsonNode page) {
    return StreamSupport.stream(page.path("deliveries").spliterator(), false)
        .map(delivery -> delivery.path("id").asInt())
        .toList();
  }
}
