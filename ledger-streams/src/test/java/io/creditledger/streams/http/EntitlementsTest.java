package io.creditledger.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.wire.CatalogYaml;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entitlement checks and the price list, over real HTTP. */
class EntitlementsTest {

  private final ApiFixture api = new ApiFixture();

  @BeforeEach
  void catalog() {
    api.ledger.publish(
        CatalogYaml.parse(
            "test",
            """
            overdraft: {policy: reject}
            units:
              credits: {name: Credits, description: What everything costs.}
            meters:
              images:
                name: Images
                description: One picture.
                quantity_unit: image
                rates:
                  - {credits: "2"}
                  - {credits: "8", match: {size: large}, effective_from: "2026-01-01T00:00:00Z"}
              video: {name: Video, rates: [{credits: "1"}]}
            plans:
              basic:
                name: Basic
                grants: []
                limits: {images: {limited: 10, per: day}, video: disabled}
            """));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private JsonNode check(String rest) {
    ApiClient.Answer answer = api.client.get("/v1/customers/cus_1/entitlements/" + rest);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private void onBasic() {
    api.client.put("/v1/customers/cus_1", "{\"id\":\"c\",\"plan\":\"basic\"}", "Prefer", "wait=5");
  }

  @Test
  void whatIsCoveredIsAllowedAndNothingIsWritten() {
    api.grant("g", "100", ",\"expires_at\":\"2026-12-01T00:00:00Z\"");

    ApiClient.Answer answer = api.client.get("/v1/customers/cus_1/entitlements/images?quantity=3");

    assertThat(answer.text())
        .isEqualTo(
            """
            {"customer":"cus_1","meter":"images","quantity":"3","allowed":true,"reason":null,\
            "message":"This costs 6 Credits.","cost":"6","unit":"credits","available":"100",\
            "next_grant_at":null,"expires_next":"2026-12-01T00:00:00Z","sequence":1}""");
    assertThat(api.client.get("/v1/customers/cus_1").json().path("sequence").asInt()).isEqualTo(1);
  }

  @Test
  void whatIsNotCoveredIsExplained() {
    api.grant("g", "5", "");
    api.grant("later", "5", ",\"effective_at\":\"2026-12-01T00:00:00Z\"");

    JsonNode refused = check("images?property.size=large");

    assertThat(refused.path("allowed").asBoolean()).isFalse();
    assertThat(refused.path("reason").asText()).isEqualTo("INSUFFICIENT_CREDITS");
    assertThat(refused.path("cost").asText()).isEqualTo("8");
    assertThat(refused.path("next_grant_at").asText()).isEqualTo("2026-12-01T00:00:00Z");
    assertThat(refused.path("message").asText())
        .isEqualTo("This costs 8 Credits, and you have 5. More will come at 2026-12-01T00:00:00Z.");
  }

  @Test
  void availableIsForTheMeterAndTheSubscription() {
    api.grant("all", "1", "");
    api.grant("sub", "10", ",\"scope\":{\"subscriptions\":[\"sub_1\"]}");

    assertThat(check("images").path("available").asText()).isEqualTo("1");
    assertThat(check("images").path("allowed").asBoolean()).isFalse();
    JsonNode subscribed = check("images?subscription=sub_1");
    assertThat(subscribed.path("available").asText()).isEqualTo("11");
    assertThat(subscribed.path("allowed").asBoolean()).isTrue();
  }

  @Test
  void plansLimitAndSwitchOff() {
    // given
    api.grant("g", "1000", "");
    onBasic();
    api.client.post(
        "/v1/usage",
        "{\"id\":\"u\",\"customer\":\"cus_1\",\"meter\":\"images\",\"quantity\":\"4\"}");
    api.client.post(
        "/v1/reservations",
        "{\"id\":\"r\",\"customer\":\"cus_1\",\"meter\":\"images\",\"quantity\":\"5\"}");
    // when
    JsonNode one = check("images");
    JsonNode two = check("images?quantity=2");
    JsonNode off = check("video");
    // then
    assertThat(one.path("allowed").asBoolean()).isTrue();
    assertThat(one.path("limit").toString())
        .isEqualTo(
            """
            {"quantity":"10","per":"day","used":"4","left":"1",\
            "resets_at":"2026-11-22T00:00:00Z"}""");
    assertThat(two.path("reason").asText()).isEqualTo("USAGE_LIMIT_EXCEEDED");
    assertThat(two.path("message").asText())
        .isEqualTo(
            "Your plan includes 10 of Images a day, of which 1 is left until"
                + " 2026-11-22T00:00:00Z.");
    assertThat(off.path("reason").asText()).isEqualTo("METER_DISABLED");
    assertThat(off.path("message").asText()).isEqualTo("Your plan does not include Video.");
  }

  @Test
  void whatAPlanForbidsIsForbiddenToReserveToo() {
    api.grant("g", "1000", "");
    onBasic();

    ApiClient.Answer off =
        api.client.post(
            "/v1/reservations",
            "{\"id\":\"r\",\"customer\":\"cus_1\",\"meter\":\"video\",\"quantity\":\"1\"}");
    ApiClient.Answer many =
        api.client.post(
            "/v1/reservations",
            "{\"id\":\"r\",\"customer\":\"cus_1\",\"meter\":\"images\",\"quantity\":\"11\"}");

    assertThat(off.status()).isEqualTo(403);
    assertThat(off.code()).isEqualTo("METER_DISABLED");
    assertThat(many.status()).isEqualTo(402);
    assertThat(many.code()).isEqualTo("USAGE_LIMIT_EXCEEDED");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "none,                    404, METER_UNKNOWN,     meter",
    "images?quantity=0,       400, PARAMETER_INVALID, quantity",
    "images?quantity=many,    400, PARAMETER_INVALID, quantity",
    "images?subscription=,    400, PARAMETER_INVALID, subscription",
    "images?amount=1,         400, PARAMETER_UNKNOWN, amount",
    "%20,                     400, PARAMETER_INVALID, meter",
  })
  void badChecks(String rest, int status, String code, String field) {
    ApiClient.Answer answer = api.client.get("/v1/customers/cus_1/entitlements/" + rest);

    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.field()).isEqualTo(field);
  }

  @Test
  void theRateCardIsThePriceList() {
    ApiClient.Answer card = api.client.get("/v1/rate-card");

    JsonNode images = card.json().path("meters").get(0);
    assertThat(images.path("name").asText()).isEqualTo("Images");
    assertThat(images.path("description").asText()).isEqualTo("One picture.");
    assertThat(images.path("quantity_unit").asText()).isEqualTo("image");
    assertThat(images.path("rates").get(1).toString())
        .isEqualTo(
            """
            {"credits":"8","per":"1","match":{"size":"large"},\
            "effective_from":"2026-01-01T00:00:00Z"}""");
    assertThat(card.json().path("units").get(0).path("description").asText())
        .isEqualTo("What everything costs.");
    assertThat(api.client.get("/v1/rate-card", "If-None-Match", card.header("ETag")).status())
        .isEqualTo(304);
  }
}
