package io.creditledger.stripe.simulator;

import static io.creditledger.stripe.simulator.SimulatedStripe.START;
import static io.creditledger.stripe.simulator.SimulatedStripe.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.param.billing.MeterEventSummaryListParams;
import io.creditledger.stripe.simulator.http.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlApiTest {

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> post(SimulatedStripe stripe, String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(stripe.simulator.baseUri().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode get(SimulatedStripe stripe, String path)
      throws IOException, InterruptedException {
    return Json.read(send(HttpRequest.newBuilder(stripe.simulator.baseUri().resolve(path))).body());
  }

  @Test
  void faultsAndOutagesAreScriptedOverHttp() throws Exception {
    try (SimulatedStripe stripe = new SimulatedStripe()) {
      HttpResponse<String> accepted =
          post(
              stripe,
              "/_sim/faults",
              """
              {"seed": 1, "rules": [{"match": "GET /v1/customers", "fault": "rate_limited",
                "reason": "endpoint-rate", "times": 1}]}\
              """);
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
      assertThatThrownBy(() -> stripe.client.v1().customers().list())
          .isInstanceOf(RateLimitException.class);
      stripe.client.v1().customers().list();

      post(stripe, "/_sim/outage/begin", "");
      assertThatThrownBy(() -> stripe.client.v1().customers().list())
          .isInstanceOf(ApiConnectionException.class);
      post(stripe, "/_sim/outage/end", "");
      stripe.client.v1().customers().list();

      assertThat(get(stripe, "/_sim/requests").path("faults").path("RATE_LIMITED").asInt())
          .isEqualTo(1);
      assertThat(get(stripe, "/_sim/health").path("status").asText()).isEqualTo("up");
      assertThat(post(stripe, "/_sim/faults", "{\"rules\": 3}").statusCode()).isEqualTo(400);
      assertThat(post(stripe, "/_sim/nothing", "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whatACustomerDoesIsDoneOverHttp() throws Exception {
    try (SimulatedStripe stripe = new SimulatedStripe()) {
      Shop shop = new Shop(stripe);
      shop.subscribe();

      post(stripe, "/_sim/customers/" + shop.customer.getId() + "/decline", "{\"times\": 1}");
      post(stripe, "/_sim/clocks/" + shop.clock + "/advance", "{\"to\": \"2026-12-01T01:00:00Z\"}");

      assertThat(shop.latest().getStatus()).isEqualTo("open");
      assertThat(get(stripe, "/_sim/state/invoice")).hasSize(2);
    }
  }

  @Test
  void theStateSurvivesARestart(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("stripe.json");
    String customer;
    String meter;
    try (SimulatedStripe stripe = new SimulatedStripe(settings -> settings.withSnapshot(file))) {
      meter = stripe.meter("tokens").getId();
      customer = stripe.customer("Ann").getId();
      stripe.send(usage("tokens", customer, "a", "5", START));
    }

    try (SimulatedStripe stripe = new SimulatedStripe(settings -> settings.withSnapshot(file))) {
      assertThatThrownBy(() -> stripe.send(usage("tokens", customer, "a", "5", START)))
          .isInstanceOf(StripeException.class);
      stripe.send(usage("tokens", customer, "b", "6", START));
      assertThat(stripe.customer("Bob").getId()).isNotEqualTo(customer);
      assertThat(
              stripe
                  .client
                  .v1()
                  .billing()
                  .meters()
                  .eventSummaries()
                  .list(
                      meter,
                      MeterEventSummaryListParams.builder()
                          .setCustomer(customer)
                          .setStartTime(START.getEpochSecond())
                          .setEndTime(Instant.parse("2026-11-02T00:00:00Z").getEpochSecond())
                          .build())
                  .getData()
                  .getFirst()
                  .getAggregatedValue())
          .isEqualByComparingTo("11");
    }
  }
}
