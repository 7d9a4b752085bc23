package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Why a usage cost what it did, over real HTTP. */
class ExplanationsTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void stop() {
    api.close();
  }

  private void usage(String body) {
    ApiClient.Answer answer = api.client.post("/v1/usage", body, "Prefer", "wait=5");
    assertThat(answer.status()).as(answer.text()).isIn(200, 201, 409, 422);
  }

  @Test
  void a_usage_tells_its_rate_its_grants_and_its_balances() {
    // given
    api.grant("later", "100", ",\"priority\":90");
    api.grant("first", "1", ",\"priority\":10");
    usage(
        """
        {"id":"u_1","customer":"cus_1","meter":"llm.input_tokens","quantity":"4000"}""");
    // when
    ApiClient.Answer answer = api.client.get("/v1/usage/u_1?customer=cus_1");
    // then
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode told = answer.json();
    assertThat(told.path("state").asText()).isEqualTo("accepted");
    assertThat(told.path("entry").path("sequence").asInt()).isEqualTo(3);
    assertThat(told.path("entry").path("source").path("topic").asText())
        .isEqualTo("ledger.usage-events");
    assertThat(told.path("journal").path("offset").asInt()).isEqualTo(2);
    assertThat(told.path("pricing").path("rule").asText())
        .isEqualTo("meters.llm.input_tokens.rates[0]");
    assertThat(told.path("pricing").path("catalog").asText())
        .isEqualTo(ApiFixture.CATALOG.version());
    assertThat(told.path("pricing").path("rates").path(0).path("credits").asText())
        .isEqualTo("0.5");
    assertThat(told.path("grants").findValuesAsText("verdict")).containsExactly("paid", "paid");
    assertThat(told.path("grants").findValuesAsText("paid")).containsExactly("1", "1");
    assertThat(told.path("balance").path("before").path("available").asText()).isEqualTo("101");
    assertThat(told.path("balance").path("after").path("available").asText()).isEqualTo("99");
    assertThat(told.path("beyond").path("policy").asText()).isEqualTo("bill");
  }

  @Test
  void second_deliveries_and_reversals_of_a_usage_are_told_with_it() {
    // given
    api.grant("g", "10", "");
    api.use("u_1", "4", "");
    usage("{\"id\":\"u_1\",\"customer\":\"cus_1\",\"credits\":\"4\"}");
    api.client.post(
        "/v1/usage/u_1/reverse",
        "{\"id\":\"v_1\",\"customer\":\"cus_1\",\"amount\":\"1\"}",
        "Prefer",
        "wait=5");
    // when
    JsonNode told = api.client.get("/v1/usage/u_1?customer=cus_1").json();
    // then
    assertThat(told.path("deliveries").findValuesAsText("outcome")).containsExactly("duplicate");
    assertThat(told.path("links").path(0).path("relation").asText()).isEqualTo("reversed_by");
    assertThat(told.path("links").path(0).path("credits").asText()).isEqualTo("1");
  }

  @Test
  void a_refused_usage_tells_the_refusal_and_what_it_found() {
    // given
    api.grant("g", "10", "");
    api.client.post(
        "/v1/reservations", "{\"id\":\"r_1\",\"customer\":\"cus_1\",\"credits\":\"11\"}");
    // when
    JsonNode told = api.client.get("/v1/usage/r_1?customer=cus_1").json();
    // then
    assertThat(told.path("state").asText()).isEqualTo("refused");
    assertThat(told.path("refusal").path("code").asText()).isEqualTo("INSUFFICIENT_CREDITS");
    assertThat(told.path("refusal").path("remedy").asText()).isNotEmpty();
    assertThat(told.path("grants").path(0).path("verdict").asText()).isEqualTo("could_pay");
    assertThat(told.path("balance").path("before").path("available").asText()).isEqualTo("10");
  }

  @Test
  void without_a_customer_the_one_who_has_the_id_is_found() {
    // given
    api.use("u_1", "4", "");
    // when
    JsonNode told = api.client.get("/v1/usage/u_1").json();
    // then
    assertThat(told.path("customer").asText()).isEqualTo("cus_1");
  }

  @Test
  void an_id_of_two_customers_needs_the_customer() {
    // given
    api.use("u_1", "4", "");
    usage("{\"id\":\"u_1\",\"customer\":\"cus_2\",\"credits\":\"4\"}");
    // when
    ApiClient.Answer answer = api.client.get("/v1/usage/u_1");
    // then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("CUSTOMER_NEEDED");
    assertThat(answer.json().path("detail").asText()).contains("cus_1, cus_2");
  }

  @Test
  void what_the_log_does_not_know_is_not_found() {
    // given
    api.grant("g_1", "4", "");
    // when
    ApiClient.Answer none = api.client.get("/v1/usage/u_9");
    ApiClient.Answer grant = api.client.get("/v1/usage/g_1?customer=cus_1");
    // then
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.code()).isEqualTo("USAGE_UNKNOWN");
    assertThat(grant.status()).isEqualTo(404);
  }

  @Test
  void a_log_that_cannot_be_read_is_unavailable() {
    // given
    api.ledger.away = true;
    // when
    ApiClient.Answer answer = api.client.get("/v1/usage/u_1?customer=cus_1");
    // then
    assertThat(answer.status()).isEqualTo(503);
  }

  @Test
  void the_stripe_window_is_told_where_stripe_sync_is_known() throws Exception {
    // given
    api.use("u_1", "4", "");
    assertThat(api.client.get("/v1/usage/u_1").json().path("stripe").isNull()).isTrue();
    HttpServer sync =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sync.createContext(
        "/v1/usage",
        exchange -> {
          byte[] body =
              ("{\"state\":\"waiting\",\"asked\":\""
                      + exchange.getRequestURI().getRawQuery()
                      + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    sync.start();
    URI address = URI.create("http://127.0.0.1:" + sync.getAddress().getPort());
    api.api.stripeSyncAt(address);
    // when
    JsonNode told = api.client.get("/v1/usage/u_1").json().path("stripe");
    sync.stop(0);
    JsonNode silent = api.client.get("/v1/usage/u_1").json().path("stripe");
    // then
    assertThat(told.path("asked").asText()).isEqualTo("customer=cus_1&usage=u_1");
    assertThat(silent.path("state").asText()).isEqualTo("unavailable");
  }
}
